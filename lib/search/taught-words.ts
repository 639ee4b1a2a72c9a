import { stat } from "node:fs/promises";
import path from "node:path";
import { LRUCache } from "lru-cache";
import { openSafetensors } from "../engine/safetensors/open-safetensors";
import { readTensor } from "../engine/safetensors/read-tensor";
import { AppError } from "../errors";
import { type ClipModel, TAUGHT } from "./clip-model";
import { findWord } from "./kept-words";
import { IS_A_TAG } from "./stand-out";
import { folderOf, vocabularyOf } from "./vocabulary";

/** What a model was taught of a word, besides reading it: log-odds = vector · picture + bias, for pictures of length 1. */
export interface TaughtWord {
  readonly vector: Float32Array;
  readonly bias: number;
}

/** By the model's folder and the file's time: a few kilobytes a word. */
const taught = new LRUCache<string, Promise<ReadonlyMap<string, TaughtWord>>>({ max: 4 });

/**
 * The words of its vocabulary that a model was taught, by their keys; none where it only reads them, as most do.
 * @throws AppError weights_damaged where the file does not go with the vocabulary.
 * @source training/seedling/words.py
 */
export async function taughtWords(model: Pick<ClipModel, "path">): Promise<ReadonlyMap<string, TaughtWord>> {
  const file = path.join(await folderOf(model), TAUGHT);
  const found = await stat(file).catch(() => null);
  if (!found) return new Map();
  const key = `${file}\n${found.size}\n${found.mtimeMs}`;
  const known = taught.get(key) ?? readTaught(file, model);
  taught.set(key, known);
  known.catch(() => taught.delete(key));
  return known;
}

async function readTaught(file: string, model: Pick<ClipModel, "path">) {
  const words = await vocabularyOf(model);
  const { tensors, metadata } = await openSafetensors(file);
  const [vectors, biases] = [tensors.get("vectors"), tensors.get("biases")];
  const names = JSON.stringify(words.map(({ en }) => en));
  if (vectors?.shape.length !== 2 || biases?.shape[0] !== words.length || metadata.words !== names)
    throw new AppError("weights_damaged", { details: { file } });
  const [rows, bias] = [await readTensor(vectors), await readTensor(biases)];
  const [, width = 0] = vectors.shape;
  return new Map(
    words.map(({ en }, i): [string, TaughtWord] => [
      en.toLowerCase(),
      { vector: rows.data.slice(i * width, (i + 1) * width), bias: bias.data[i]! },
    ]),
  );
}

/** English plurals that are made by rule: cats, foxes, strawberries. */
const SINGULARS = [
  [/ies$/, "y"],
  [/(?<=s|x|z|ch|sh)es$/, ""],
  [/(?<!s)s$/, ""],
] as const;

const singularsOf = (typed: string): string[] =>
  SINGULARS.flatMap(([plural, ending]) => (plural.test(typed) ? [typed.replace(plural, ending)] : []));

/**
 * What a model was taught of what somebody typed, in either language, one or several of them; undefined for what it can only
 * read.
 */
export async function findTaught(
  model: Pick<ClipModel, "path">,
  typed: string,
): Promise<TaughtWord | undefined> {
  const known = await taughtWords(model);
  if (known.size === 0) return undefined;
  const words = await vocabularyOf(model);
  const [word] = [typed, ...singularsOf(typed)].flatMap((each) => findWord(words, each) ?? []);
  return word && known.get(word.en.toLowerCase());
}

/**
 * On the scale of words that stand out: where a word is as likely as not, it is just told, and half a deviation is a unit
 * of log-odds.
 */
export const toldBy = ({ vector, bias }: TaughtWord, picture: Float32Array): number =>
  IS_A_TAG + (vector.reduce((sum, each, i) => sum + each * picture[i]!, 0) + bias) / 2;

/** What is searched among a thousand pictures has to be surer than one picture's tag: `npm run bench -- lines` says by how much. */
const SURER = 0.4;

/** The same for a search, where MATCHES is the line. */
export const foundBy = (word: TaughtWord, picture: Float32Array): number => toldBy(word, picture) - SURER;
