import { linear } from "../nn/linear";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";

/** The size of a vision transformer. */
export interface VitSize {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly act: string;
  readonly eps: number;
}

/**
 * Self-attention over [B, T, hiddenSize], under the names that ViT and its descendants have in checkpoints.
 * @source transformers models/vit/modeling_vit.py ViTAttention
 */
export function vitAttention(s: Scope, x: Value, { hiddenSize, heads }: VitSize): Value {
  const project = (name: string) => linear(s.at(`attention.${name}`), x, hiddenSize, hiddenSize);
  const attended = s.forms.attention(s.graph, {
    ...{ q: project("query"), k: project("key"), v: project("value") },
    ...{ heads, headDim: hiddenSize / heads },
  });
  return linear(s.at("output.dense"), attended, hiddenSize, hiddenSize);
}
