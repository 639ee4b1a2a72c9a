import type { ClipModel } from "./clip-model";
import { embedWords } from "./embed-words";
import { IS_A_TAG, standOut } from "./stand-out";
import { vocabularyOf, type Word } from "./vocabulary";

export interface ToldTag {
  readonly en: string;
  readonly zh: string;
  /** How far it stands out among all words, in deviations. */
  readonly score: number;
}

/** More than anyone reads beneath a picture. */
const MOST = 10;

/**
 * What a picture shows, in words of the model's vocabulary, what stands out the most first.
 * @param vector of a picture that the model saw, of length 1.
 * @throws those of the host
 */
export async function tellTags(model: ClipModel, vector: Float32Array): Promise<ToldTag[]> {
  const words = await vocabularyOf(model);
  const [en, zh] = await Promise.all([
    scores(model, words, "en", vector),
    scores(model, words, "zh", vector),
  ]);
  return words
    .map((word, i) => ({ en: word.en, zh: word.zh, score: (en[i]! + zh[i]!) / 2 }))
    .filter(({ score }) => score >= IS_A_TAG)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST);
}

async function scores(
  model: ClipModel,
  words: readonly Word[],
  language: "en" | "zh",
  vector: Float32Array,
): Promise<number[]> {
  const vectors = await embedWords(
    model,
    words.map((word) => word[language]),
  );
  return standOut(vectors, vector, vectors);
}
