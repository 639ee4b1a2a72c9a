import { linear } from "../nn/linear";
import { l2Normalize } from "../nn/normalize";
import { layerNorm } from "../nn/norms";
import { patchEmbedding } from "../nn/patch-embedding";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";
import type { ClipVisionConfig } from "./clip-config";
import { clipEncoder } from "./clip-encoder";

export interface ClipEmbedOptions {
  /** Whether vectors are made of length 1, as they are compared; no by default. */
  readonly normalize?: boolean;
}

/**
 * CLIP's vector of a picture [B, channels, imageSize, imageSize], normalised by the preprocessor's mean and deviation:
 * image_embeds [B, projectionDim].
 * @source transformers models/clip/modeling_clip.py CLIPVisionModelWithProjection · arXiv:2103.00020
 */
export function clipVision(
  s: Scope,
  config: ClipVisionConfig,
  picture: Value,
  { normalize = false }: ClipEmbedOptions = {},
): Value {
  const { graph } = s;
  const { hiddenSize, eps, projectionDim } = config;
  const vision = s.at("vision_model");
  // Spelt so in checkpoints.
  let h = layerNorm(
    vision.at("pre_layrnorm"),
    visionEmbeddings(vision.at("embeddings"), config, picture),
    hiddenSize,
    eps,
  );
  h = clipEncoder(vision.at("encoder"), h, config);
  // [B, 1 + N, D] → [B, D]: the class token's.
  const first = graph.op("Gather", [h, graph.constant("int64", [], [0])], { attributes: { axis: 1 } });
  const pooled = layerNorm(vision.at("post_layernorm"), first, hiddenSize, eps);
  const embeds = linear(s.at("visual_projection"), pooled, hiddenSize, projectionDim);
  return normalize ? l2Normalize(graph, embeds) : embeds;
}

/** A class token and then the patches: [B, 1 + N, hiddenSize]. */
function visionEmbeddings(s: Scope, config: ClipVisionConfig, picture: Value): Value {
  const { graph } = s;
  const { channels, imageSize, patchSize, hiddenSize } = config;
  const patches = patchEmbedding(s.at("patch_embedding"), picture, channels, hiddenSize, patchSize);
  const batch = graph.op("Shape", [patches], { attributes: { start: 0, end: 1 } });
  const shape = graph.op("Concat", [batch, graph.constant("int64", [2], [1, hiddenSize])], {
    attributes: { axis: 0 },
  });
  const token = graph.op("Expand", [s.parameter("class_embedding", [hiddenSize]), shape]);
  const tokens = graph.op("Concat", [token, patches], { attributes: { axis: 1 } });
  const count = 1 + Math.floor(imageSize / patchSize) ** 2;
  return graph.op("Add", [tokens, s.at("position_embedding").parameter("weight", [count, hiddenSize])]);
}
