import { mergePairs } from "./merge-pairs";
import { arrayAt, damaged, idAt, objectAt, stringAt } from "./tokenizer-json";

/** Vocabulary and merges: a word, in letters, to token ids. */
export interface BytePairModel {
  encodeWord(word: string): number[];
  idOf(token: string): number | undefined;
  /** The letters of a token, with the suffix where it ends a word. */
  lettersOf(id: number): string | undefined;
  /** What the last letter of a word carries: `</w>` in CLIP, else "". */
  readonly wordSuffix: string;
  /** Whether letters stand for themselves and `<0x0A>` for a byte, as in SentencePiece; else letters stand for bytes. */
  readonly spellsBytes: boolean;
  /** The greatest id + 1. */
  readonly size: number;
}

/** A merge is kept as "a b" or ["a", "b"]. */
function mergeSides(merge: unknown): [string, string] {
  const sides = typeof merge === "string" ? merge.split(" ") : arrayAt(merge, "a merge");
  if (sides.length !== 2) damaged(`merge ${JSON.stringify(merge)} has not two sides`);
  return [stringAt(sides[0], "a merge's side"), stringAt(sides[1], "a merge's side")];
}

const byteToken = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;

/**
 * The `model` of a tokenizer.json: byte pairs without dropout or prefixes.
 * @throws EngineError tokenizer_damaged
 * @source https://github.com/huggingface/tokenizers (models/bpe)
 */
export function bytePairModelFrom(json: unknown): BytePairModel {
  const model = objectAt(json, "the model");
  if ((model.type ?? "BPE") !== "BPE") damaged(`model ${String(model.type)} is no byte-pair encoding`);
  if (model.dropout || model.continuing_subword_prefix)
    damaged("dropout and subword prefixes are not of the families that are understood");
  const spellsBytes = model.byte_fallback === true;
  const wordSuffix = typeof model.end_of_word_suffix === "string" ? model.end_of_word_suffix : "";

  const ids = new Map<string, number>();
  const letters = new Map<number, string>();
  for (const [token, id] of Object.entries(objectAt(model.vocab, "the vocabulary"))) {
    ids.set(token, idAt(id, `token ${token}`));
    letters.set(idAt(id, token), token);
  }
  const known = (token: string): number =>
    ids.get(token) ?? damaged(`merges make ${token}, an unknown token`);
  let size = 0;
  for (const id of letters.keys()) size = Math.max(size, id + 1);

  const ranks = new Map<number, number>();
  const mergedIds = arrayAt(model.merges, "the list of merges").map((merge, rank) => {
    const [left, right] = mergeSides(merge);
    ranks.set(known(left) * size + known(right), rank);
    return known(left + right);
  });
  const merges = { rankOf: (left: number, right: number) => ranks.get(left * size + right), mergedIds };

  /** What no token stands for, byte by byte; null where a byte has none either. */
  const idsOfBytes = (symbol: string): number[] | null => {
    const found = [...new TextEncoder().encode(symbol)].map((byte) => ids.get(byteToken(byte)));
    return found.every((id) => id !== undefined) ? found : null;
  };
  const unknownId = typeof model.unk_token === "string" ? ids.get(model.unk_token) : undefined;
  const encodeWord = (word: string): number[] => {
    const whole = model.ignore_merges === true ? ids.get(word) : undefined;
    if (whole !== undefined) return [whole];
    const symbols = [...word];
    const start: number[] = [];
    let afterUnknown = false;
    symbols.forEach((symbol, i) => {
      const id = ids.get(i === symbols.length - 1 ? symbol + wordSuffix : symbol);
      const bytes = id === undefined && spellsBytes ? idsOfBytes(symbol) : null;
      if (id !== undefined) start.push(id);
      else if (bytes) start.push(...bytes);
      else if (unknownId !== undefined && !(afterUnknown && model.fuse_unk === true)) start.push(unknownId);
      afterUnknown = id === undefined && !bytes;
    });
    return mergePairs(start, merges);
  };

  return {
    encodeWord,
    idOf: (token) => ids.get(token),
    lettersOf: (id) => letters.get(id),
    wordSuffix,
    spellsBytes,
    size,
  };
}
