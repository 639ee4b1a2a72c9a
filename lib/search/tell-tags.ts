import type { ClipModel } from "./clip-model";
import { embedWords } from "./embed-words";
import type { OwnerWord } from "./own-vocabulary";
import { CARE, IS_A_TAG, standOut } from "./stand-out";
import { taughtWords, toldBy } from "./taught-words";
import { vocabularyOf } from "./vocabulary";

export interface ToldTag {
  /** What it is kept by. */
  readonly word: string;
  readonly en: string;
  readonly zh: string;
  /** How far it stands out among all words, in deviations. */
  readonly score: number;
}

/** @param vector of a picture that the model saw, of length 1. @returns what it shows, what stands out the most first. */
export type TellTags = (vector: Float32Array) => ToldTag[];

/** More than anyone reads beneath a picture. */
const MOST = 10;
const LANGUAGES = ["en", "zh"] as const;

/**
 * Tells pictures by words: by what the model was taught of its own words, where it was, and by how it reads all others.
 * What stands out does so among the model's own words, whatever the owner adds or switches off: one word more moves no
 * other's line.
 * @throws those of the host
 */
export async function tagTeller(model: ClipModel, vocabulary: readonly OwnerWord[]): Promise<TellTags> {
  const words = vocabulary.filter(({ isOff }) => !isOff);
  const known = await taughtWords(model);
  const taughtOf = (word: OwnerWord) => (word.names ? undefined : known.get(word.key));
  const readScores = await readingScorer(
    model,
    words.filter((word) => !taughtOf(word)),
  );
  return (vector) => {
    const read = readScores(vector).values();
    const told = words.flatMap((word) => {
      const taught = taughtOf(word);
      const score = taught ? toldBy(taught, vector) : read.next().value!;
      return score >= (word.line ?? IS_A_TAG) + CARE[word.care] ? [{ word, score }] : [];
    });
    told.sort((a, b) => b.score - a.score);
    const wider = widerThan(
      told.map(({ word }) => word),
      words,
    );
    const apt = told.filter(({ word }) => word.names || !wider.has(word.key));
    const shown = apt.filter(({ word }, rank) => word.names || rank < MOST);
    return shown.map(({ word: { key, en, zh }, score }) => ({ word: key, en, zh, score }));
  };
}

/** The keys of all words above some. What is a pizza need not be called food: lists and searches know. */
function widerThan(told: readonly OwnerWord[], words: readonly OwnerWord[]): Set<string> {
  const above = new Map(words.map(({ key, within }) => [key, within]));
  const wider = new Set<string>();
  for (const { within } of told)
    for (let key = within; key && !wider.has(key); key = above.get(key) ?? null) wider.add(key);
  return wider;
}

/** How far words stand out as the model reads them, the mean of the languages in which they have a name. */
async function readingScorer(
  model: ClipModel,
  words: readonly OwnerWord[],
): Promise<(picture: Float32Array) => number[]> {
  if (words.length === 0) return () => [];
  const shipped = await vocabularyOf(model);
  const [en, zh] = await Promise.all(
    LANGUAGES.map(async (language) => ({
      background: await embedWords(
        model,
        shipped.map((word) => word[language]),
      ),
      words: await embedEach(
        model,
        words.map(({ texts }) => texts[language]),
      ),
    })),
  );
  return (picture) => {
    const scores = [scoresIn(en!, picture), scoresIn(zh!, picture)];
    return words.map((_, i) => {
      const known = scores.map((each) => each[i]!).filter((score) => score !== null);
      return known.reduce((sum, each) => sum + each, 0) / known.length;
    });
  };
}

interface Asked {
  readonly background: readonly Float32Array[];
  /** Null for a word that has no name in this language. */
  readonly words: readonly (Float32Array | null)[];
}

function scoresIn({ background, words }: Asked, picture: Float32Array): (number | null)[] {
  const scores = standOut(
    words.filter((word) => word !== null),
    picture,
    background,
  ).values();
  return words.map((word) => (word === null ? null : scores.next().value!));
}

/** Of several texts the mean, of length 1: what they have in common, rather than how one of them is put. */
async function embedEach(
  model: ClipModel,
  texts: readonly (readonly string[])[],
): Promise<(Float32Array | null)[]> {
  const vectors = (await embedWords(model, texts.flat())).values();
  return texts.map((each) => (each.length === 0 ? null : meanOf(each.map(() => vectors.next().value!))));
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  if (vectors.length === 1) return vectors[0]!;
  const sum = vectors[0]!.map((_, i) => vectors.reduce((total, vector) => total + vector[i]!, 0));
  const length = Math.hypot(...sum) || 1;
  return sum.map((each) => each / length);
}
