import { interpolate, spatialSize } from "../nn/interpolate";
import { layerNorm } from "../nn/norms";
import { patchEmbedding } from "../nn/patch-embedding";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";
import { type VitSize, vitAttention } from "./vit-attention";
import { vitMlp } from "./vit-mlp";

export interface Dinov2Config extends VitSize {
  readonly channels: number;
  /** Pixels; the square that the position embeddings are stored for. */
  readonly imageSize: number;
  readonly patchSize: number;
  /** The layers whose outputs are features, from 1; 0 is the embeddings. */
  readonly outIndices: readonly number[];
  /** Whether features pass the last norm. */
  readonly applyLayernorm: boolean;
}

/**
 * Features of a picture [B, channels, H, W], sides multiples of `patchSize`: for each of `outIndices`
 * [B, 1 + H/patchSize · W/patchSize, hiddenSize], the class token first.
 * @source transformers models/dinov2/modeling_dinov2.py Dinov2Backbone · arXiv:2304.07193
 */
export function dinov2Backbone(s: Scope, config: Dinov2Config, picture: Value): Value[] {
  const { hiddenSize, layers, eps, outIndices, applyLayernorm } = config;
  const states = [dinov2Embeddings(s.at("embeddings"), config, picture)];
  for (let i = 0; i < layers; i++) states.push(dinov2Layer(s.at(`encoder.layer.${i}`), states[i]!, config));
  return outIndices.map((index) =>
    applyLayernorm ? layerNorm(s.at("layernorm"), states[index]!, hiddenSize, eps) : states[index]!,
  );
}

/** How many patches a picture has: int64 [2], rows and columns. */
export const patchGrid = (s: Scope, picture: Value, patchSize: number): Value =>
  s.graph.op("Div", [spatialSize(s.graph, picture), s.graph.constant("int64", [1], [patchSize])]);

function dinov2Embeddings(s: Scope, config: Dinov2Config, picture: Value): Value {
  const { graph } = s;
  const { channels, patchSize, hiddenSize } = config;
  const patches = patchEmbedding(
    s.at("patch_embeddings.projection"),
    picture,
    channels,
    hiddenSize,
    patchSize,
  );
  const batch = graph.op("Shape", [patches], { attributes: { start: 0, end: 1 } });
  const shape = graph.op("Concat", [batch, graph.constant("int64", [2], [1, hiddenSize])], {
    attributes: { axis: 0 },
  });
  const token = graph.op("Expand", [s.parameter("cls_token", [1, 1, hiddenSize]), shape]);
  const tokens = graph.op("Concat", [token, patches], { attributes: { axis: 1 } });
  return graph.op("Add", [tokens, positionEmbeddings(s, config, patchGrid(s, picture, patchSize))]);
}

/** Those of the class token as stored, and those of the patches interpolated to another grid: [1, 1 + N, D]. */
function positionEmbeddings(s: Scope, config: Dinov2Config, grid: Value): Value {
  const { graph } = s;
  const { imageSize, patchSize, hiddenSize } = config;
  const side = Math.floor(imageSize / patchSize);
  const stored = s.parameter("position_embeddings", [1, 1 + side * side, hiddenSize]);
  const parts = graph.constant("int64", [2], [1, side * side]);
  const [first, rest] = graph.ops("Split", [stored, parts], 2, { attributes: { axis: 1 } });
  const square = graph.op("Reshape", [rest!, graph.constant("int64", [4], [1, side, side, hiddenSize])]);
  const planes = graph.op("Transpose", [square], { attributes: { perm: [0, 3, 1, 2] } });
  const fitted = interpolate(graph, planes, grid, { mode: "bicubic" });
  // [1, D, h, w] → [1, D, N] → [1, N, D]
  const flat = graph.op("Reshape", [fitted, graph.constant("int64", [3], [0, 0, -1])]);
  const rows = graph.op("Transpose", [flat], { attributes: { perm: [0, 2, 1] } });
  return graph.op("Concat", [first!, rows], { attributes: { axis: 1 } });
}

function dinov2Layer(s: Scope, x: Value, config: Dinov2Config): Value {
  const { graph } = s;
  const { hiddenSize, eps } = config;
  const scale = (name: string, value: Value) =>
    graph.op("Mul", [value, s.at(name).parameter("lambda1", [hiddenSize])]);
  const attended = vitAttention(s.at("attention"), layerNorm(s.at("norm1"), x, hiddenSize, eps), config);
  const h = graph.op("Add", [x, scale("layer_scale1", attended)]);
  const mixed = vitMlp(s.at("mlp"), layerNorm(s.at("norm2"), h, hiddenSize, eps), config);
  return graph.op("Add", [h, scale("layer_scale2", mixed)]);
}
