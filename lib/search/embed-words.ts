import { LRUCache } from "lru-cache";
import { infer } from "../inference/client";
import type { ClipModel } from "./clip-model";

/** People refine what they typed, and the same words are asked again. */
const vectors = new LRUCache<string, Float32Array>({ max: 2_000 });

/** Words as vectors of the model's space, of length 1, in their order. @throws those of the host */
export async function embedWords(model: ClipModel, words: readonly string[], signal?: AbortSignal) {
  const keyOf = (text: string) => `${model.name}\n${text}`;
  const missing = [...new Set(words)].filter((text) => !vectors.has(keyOf(text)));
  if (missing.length > 0) {
    const made = await infer(
      "embed",
      { model: model.path, texts: missing, pictures: [] },
      signal ? { signal } : {},
    );
    for (const [i, text] of missing.entries()) vectors.set(keyOf(text), made.texts[i]!);
    if (missing.length === words.length) return [...made.texts];
  }
  return words.map((text) => vectors.get(keyOf(text))!);
}
