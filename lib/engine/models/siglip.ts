import { embedding, positionEmbedding } from "../nn/embedding";
import { linear } from "../nn/linear";
import { l2Normalize } from "../nn/normalize";
import { layerNorm } from "../nn/norms";
import { patchEmbedding } from "../nn/patch-embedding";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";
import { clipEncoder, clipMlp } from "./clip-encoder";
import type { ClipEmbedOptions } from "./clip-vision";
import type { SiglipTextConfig, SiglipVisionConfig } from "./siglip-config";

/**
 * SigLIP's vector of a text, int64 [B, T] padded to `maxPositions` (every token sees every other, padding too):
 * [B, projectionSize].
 * @source transformers models/siglip/modeling_siglip.py SiglipTextModel · arXiv:2303.15343, arXiv:2502.14786
 */
export function siglipText(
  s: Scope,
  config: SiglipTextConfig,
  ids: Value,
  { normalize = false }: ClipEmbedOptions = {},
): Value {
  const { graph } = s;
  const { vocabSize, maxPositions, hiddenSize, eps, projectionSize } = config;
  const text = s.at("text_model");
  const tokens = embedding(text.at("embeddings.token_embedding"), ids, vocabSize, hiddenSize);
  const positions = positionEmbedding(
    text.at("embeddings.position_embedding"),
    ids,
    maxPositions,
    hiddenSize,
  );
  const h = clipEncoder(text.at("encoder"), graph.op("Add", [tokens, positions]), config);
  const last = graph.op("Gather", [h, graph.constant("int64", [], [-1])], { attributes: { axis: 1 } });
  const normal = layerNorm(text.at("final_layer_norm"), last, hiddenSize, eps);
  const embeds = linear(text.at("head"), normal, hiddenSize, projectionSize);
  return normalize ? l2Normalize(graph, embeds) : embeds;
}

/**
 * SigLIP's vector of a picture [B, channels, imageSize, imageSize] in [−1, 1]: [B, hiddenSize].
 * @source transformers models/siglip/modeling_siglip.py SiglipVisionModel
 */
export function siglipVision(
  s: Scope,
  config: SiglipVisionConfig,
  picture: Value,
  { normalize = false }: ClipEmbedOptions = {},
): Value {
  const { graph } = s;
  const { channels, imageSize, patchSize, hiddenSize, eps } = config;
  const vision = s.at("vision_model");
  const patches = patchEmbedding(
    vision.at("embeddings.patch_embedding"),
    picture,
    channels,
    hiddenSize,
    patchSize,
  );
  const count = Math.floor(imageSize / patchSize) ** 2;
  const positions = vision.at("embeddings.position_embedding").parameter("weight", [count, hiddenSize]);
  const h = clipEncoder(vision.at("encoder"), graph.op("Add", [patches, positions]), config);
  const pooled = attentionPooling(
    vision.at("head"),
    layerNorm(vision.at("post_layernorm"), h, hiddenSize, eps),
    config,
  );
  return normalize ? l2Normalize(graph, pooled) : pooled;
}

/**
 * One learnt query attends to all patches: [B, N, hiddenSize] → [B, hiddenSize].
 * @source transformers models/siglip/modeling_siglip.py SiglipMultiheadAttentionPoolingHead
 */
function attentionPooling(s: Scope, x: Value, config: SiglipVisionConfig): Value {
  const { graph, forms } = s;
  const { hiddenSize: dim, heads, eps } = config;
  const fused = s.at("attention");
  const thirds = (name: string, shape: readonly number[]) =>
    graph.ops("Split", [fused.parameter(name, shape)], 3, { attributes: { axis: 0, num_outputs: 3 } });
  const weights = thirds("in_proj_weight", [3 * dim, dim]);
  const biases = thirds("in_proj_bias", [3 * dim]);
  const project = (value: Value, third: number) => {
    const weight = graph.op("Transpose", [weights[third]!], { attributes: { perm: [1, 0] } });
    return graph.op("Add", [graph.op("MatMul", [value, weight]), biases[third]!]);
  };
  const batch = graph.op("Shape", [x], { attributes: { start: 0, end: 1 } });
  const shape = graph.op("Concat", [batch, graph.constant("int64", [2], [1, dim])], {
    attributes: { axis: 0 },
  });
  const q = graph.op("Expand", [project(s.parameter("probe", [1, 1, dim]), 0), shape]);
  const k = project(x, 1);
  const v = project(x, 2);
  const attended = forms.attention(graph, { q, k, v, heads, headDim: dim / heads });
  const h = linear(fused.at("out_proj"), attended, dim, dim);
  const mlp = clipMlp(s.at("mlp"), layerNorm(s.at("layernorm"), h, dim, eps), config);
  return graph.op("Squeeze", [graph.op("Add", [h, mlp]), graph.constant("int64", [1], [1])]);
}
