import type { ClipModel } from "./clip-model";
import { embedBackground } from "./embed-background";
import { embedWords } from "./embed-words";
import { standOut } from "./stand-out";
import { findTaught, foundBy } from "./taught-words";

/** @param picture its vector, of length 1. @returns how far each of the words stands out for it, in deviations. */
export type ScoreWords = (picture: Float32Array) => number[];

/**
 * Answers for words as somebody types them: by what the model was taught of them, where it was, else by how it reads them,
 * among the words of its vocabulary.
 * @throws those of the host
 */
export async function wordScorer(model: ClipModel, typed: readonly string[]): Promise<ScoreWords> {
  const taught = await Promise.all(typed.map((each) => findTaught(model, each)));
  const read = typed.filter((_, i) => !taught[i]);
  if (read.length === 0) return (picture) => taught.map((word) => foundBy(word!, picture));
  const [vectors, background] = await Promise.all([embedWords(model, read), embedBackground(model, read)]);
  return (picture) => {
    const seen = standOut(vectors, picture, background).values();
    return taught.map((word) => (word ? foundBy(word, picture) : seen.next().value!));
  };
}

/** Where in the model's space pictures lie that fit best, of length 1. @throws those of the host */
export async function towards(model: ClipModel, typed: string): Promise<Float32Array> {
  const taught = await findTaught(model, typed);
  if (!taught) return (await embedWords(model, [typed]))[0]!;
  const length = Math.hypot(...taught.vector) || 1;
  return taught.vector.map((each) => each / length);
}
