import { attention } from "../nn/attention";
import { conv2d } from "../nn/conv-2d";
import { linear } from "../nn/linear";
import { groupNorm, layerNorm } from "../nn/norms";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";

export interface TransformerSize {
  readonly channels: number;
  readonly heads: number;
  readonly headDim: number;
  readonly contextDim: number;
  readonly layers: number;
  readonly groups: number;
  /** proj_in and proj_out are Linear (SD 2, SDXL) rather than 1×1 convolutions. */
  readonly useLinearProjection: boolean;
}

/**
 * Transformer blocks over the pixels of a feature map [B, channels, H, W], attending to `context` [B, T, contextDim].
 * @source diffusers models/transformers/transformer_2d.py Transformer2DModel
 */
export function transformer2d(s: Scope, x: Value, context: Value, size: TransformerSize): Value {
  const { graph } = s;
  const { channels, heads, headDim, groups, useLinearProjection } = size;
  const inner = heads * headDim;
  let h = groupNorm(s.at("norm"), x, channels, groups, 1e-6);
  if (!useLinearProjection) h = conv2d(s.inInt8("proj_in"), h, channels, inner, { kernel: 1 });
  // [B, C, H, W] → [B, H·W, C]
  h = graph.op("Reshape", [h, graph.constant("int64", [3], [0, 0, -1])]);
  h = graph.op("Transpose", [h], { attributes: { perm: [0, 2, 1] } });
  if (useLinearProjection) h = linear(s.inInt8("proj_in"), h, channels, inner);
  for (let i = 0; i < size.layers; i++)
    h = basicTransformerBlock(s.at(`transformer_blocks.${i}`), h, context, size);
  if (useLinearProjection) h = linear(s.at("proj_out"), h, inner, channels);
  h = graph.op("Transpose", [h], { attributes: { perm: [0, 2, 1] } });
  h = graph.op("Reshape", [h, graph.op("Shape", [x])]);
  if (!useLinearProjection) h = conv2d(s.at("proj_out"), h, inner, channels, { kernel: 1 });
  return graph.op("Add", [h, x]);
}

/** @source diffusers models/attention.py BasicTransformerBlock */
function basicTransformerBlock(s: Scope, x: Value, context: Value, size: TransformerSize): Value {
  const { graph } = s;
  const { heads, headDim, contextDim } = size;
  const dim = heads * headDim;
  const self = { queryDim: dim, contextDim: dim, heads, headDim };
  const cross = { ...self, contextDim };
  let h = graph.op("Add", [attention(s.at("attn1"), layerNorm(s.at("norm1"), x, dim), null, self), x]);
  h = graph.op("Add", [attention(s.at("attn2"), layerNorm(s.at("norm2"), h, dim), context, cross), h]);
  return graph.op("Add", [feedForward(s.at("ff"), layerNorm(s.at("norm3"), h, dim), dim), h]);
}

/** GEGLU: one half gates the other. */
function feedForward(s: Scope, x: Value, dim: number): Value {
  const { graph } = s;
  const inner = dim * 4;
  const projected = linear(s.inInt8("net.0.proj"), x, dim, inner * 2);
  const [hidden, gate] = graph.ops("Split", [projected], 2, { attributes: { axis: -1, num_outputs: 2 } });
  const gated = graph.op("Mul", [hidden!, graph.op("Gelu", [gate!])]);
  return linear(s.at("net.2"), gated, inner, dim);
}
