import { activation } from "../nn/activations";
import { linear } from "../nn/linear";
import { layerNorm } from "../nn/norms";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";

/** The size of a transformer as CLIP and SigLIP have it, in text and vision alike. */
export interface ClipEncoderSize {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly act: string;
  readonly eps: number;
}

/**
 * A transformer over [B, T, hiddenSize], from one layer to before another.
 * @param from, to  all layers by default.
 * @param mask      added to the scores of attention, broadcast to [B, heads, T, T].
 * @source transformers models/clip/modeling_clip.py CLIPEncoder
 */
export function clipEncoder(
  s: Scope,
  x: Value,
  size: ClipEncoderSize,
  {
    from = 0,
    to = size.layers,
    mask,
  }: { readonly from?: number; readonly to?: number; readonly mask?: Value } = {},
): Value {
  const { graph } = s;
  const { hiddenSize, eps } = size;
  let h = x;
  for (let i = from; i < to; i++) {
    const layer = s.at(`layers.${i}`);
    const normal = layerNorm(layer.at("layer_norm1"), h, hiddenSize, eps);
    h = graph.op("Add", [h, selfAttention(layer.at("self_attn"), normal, size, mask)]);
    h = graph.op("Add", [
      h,
      clipMlp(layer.at("mlp"), layerNorm(layer.at("layer_norm2"), h, hiddenSize, eps), size),
    ]);
  }
  return h;
}

export function clipMlp(s: Scope, x: Value, { hiddenSize, intermediateSize, act }: ClipEncoderSize): Value {
  const hidden = activation(s, act, linear(s.at("fc1"), x, hiddenSize, intermediateSize));
  return linear(s.at("fc2"), hidden, intermediateSize, hiddenSize);
}

function selfAttention(s: Scope, x: Value, { hiddenSize, heads }: ClipEncoderSize, mask?: Value): Value {
  const project = (name: string) => linear(s.at(name), x, hiddenSize, hiddenSize);
  const attended = s.forms.attention(s.graph, {
    q: project("q_proj"),
    k: project("k_proj"),
    v: project("v_proj"),
    heads,
    headDim: hiddenSize / heads,
    ...(mask && { bias: mask }),
  });
  return linear(s.at("out_proj"), attended, hiddenSize, hiddenSize);
}
