import { LRUCache } from "lru-cache";
import { infer } from "../inference/client";
import type { ClipModel } from "./clip-model";

/** People refine what they typed, and the same words are asked again. */
const vectors = new LRUCache<string, Float32Array>({ max: 5_000 });

/** Words as vectors of the model's space, of length 1, in their order. @throws those of the host */
export async function embedWords(model: ClipModel, words: readonly string[]): Promise<Float32Array[]> {
  const keyOf = (word: string) => `${model.name}\n${word}`;
  const found = new Map(words.map((word) => [word, vectors.get(keyOf(word))]));
  const missing = [...found.keys()].filter((word) => !found.get(word));
  if (missing.length > 0) {
    const made = await infer("embed", { model: model.path, texts: missing, pictures: [] });
    for (const [i, word] of missing.entries()) {
      found.set(word, made.texts[i]);
      vectors.set(keyOf(word), made.texts[i]!);
    }
  }
  return words.map((word) => found.get(word)!);
}
