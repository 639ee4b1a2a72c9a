import { readVectors } from "../db/vectors";
import { requirePicture } from "../pictures/require-picture";
import type { ClipModel } from "./clip-model";
import { embedWords } from "./embed-words";
import { searchModel } from "./search-model";
import { IS_A_TAG, standOut } from "./stand-out";
import { vocabularyOf, type Word } from "./vocabulary";

export interface SuggestedTag {
  readonly en: string;
  readonly zh: string;
  /** How far it stands out among all words, in deviations. */
  readonly score: number;
}

/** More than anyone reads beneath a picture. */
const MOST = 10;

/**
 * What one of the owner's pictures shows, in words of the model's vocabulary, what stands out the most first; nothing where
 * no model has looked at it yet.
 * @throws AppError not_found
 */
export async function suggestTags(ownerId: string, id: string): Promise<SuggestedTag[]> {
  await requirePicture(ownerId, id);
  const model = await searchModel(ownerId);
  const vector = model && (await readVectors(ownerId, model.name, [id])).get(id);
  return vector ? tagsOf(model, vector) : [];
}

/** @param vector of a picture that the model saw, of length 1. */
export async function tagsOf(model: ClipModel, vector: Float32Array): Promise<SuggestedTag[]> {
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
