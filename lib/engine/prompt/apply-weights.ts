import { assertShape, type Tensor } from "../tensor";
import type { PromptChunk } from "./chunk-prompt";

/**
 * How emphasis reaches the embeddings: `original` scales each chunk back to the mean it had, `no-norm` does not.
 * @source https://github.com/AUTOMATIC1111/stable-diffusion-webui (options "Original" and "No norm")
 */
export type EmphasisMode = "original" | "no-norm";

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * Multiplies each token's embedding by its weight.
 * @param embeddings float32 [1, chunks · 77, d] as the text encoder left them, chunk after chunk; never written to.
 * @returns the same shape; `embeddings` itself where every weight is 1.
 * @throws EngineError shape_mismatch
 * @golden tests/golden/prompt, max |Δ| ≤ 1e-6
 */
export function applyWeights(
  embeddings: Tensor,
  chunks: readonly PromptChunk[],
  mode: EmphasisMode = "original",
): Tensor {
  const width = embeddings.shape.at(-1) ?? 0;
  const positions = chunks.reduce((sum, { ids }) => sum + ids.length, 0);
  assertShape("the prompt's embeddings", embeddings.shape, [1, positions, width]);
  if (chunks.every(({ weights }) => weights.every((weight) => weight === 1))) return embeddings;

  const data = embeddings.data.slice();
  let start = 0;
  for (const { weights } of chunks) {
    const chunk = data.subarray(start, start + weights.length * width);
    start += chunk.length;
    if (weights.every((weight) => weight === 1)) continue;
    const before = meanOf(chunk);
    weights.forEach((weight, token) => {
      for (let i = token * width; i < (token + 1) * width; i++) chunk[i]! *= weight;
    });
    const after = meanOf(chunk);
    // A mean of nothing can't be restored.
    const scale = mode === "original" && after !== 0 ? before / after : 1;
    if (scale !== 1) for (let i = 0; i < chunk.length; i++) chunk[i]! *= scale;
  }
  return { shape: embeddings.shape, data };
}
