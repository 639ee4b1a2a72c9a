import { activation } from "../nn/activations";
import { batchNorm2d } from "../nn/batch-norm";
import { conv2d } from "../nn/conv-2d";
import { convTranspose2d } from "../nn/conv-transpose-2d";
import { interpolateBy } from "../nn/interpolate";
import { layerNorm } from "../nn/norms";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";
import { vitAttention } from "./vit-attention";
import { vitMlp } from "./vit-mlp";
import type { VitPoseBackboneConfig, VitPoseConfig } from "./vitpose-config";

/** Around the picture before it is cut into patches. */
const PADDING = 2;
/** Channels of the classic decoder. */
const DECODER_CHANNELS = 256;

/**
 * Heatmaps of a person's keypoints in a picture [B, 3, imageHeight, imageWidth], normalised by the preprocessor's mean
 * and deviation: [B, keypoints, 4·rows, 4·columns] of the patches' grid, about 0 to 1.
 * @source transformers models/vitpose/modeling_vitpose.py VitPoseForPoseEstimation · arXiv:2204.12484
 */
export function vitPose(s: Scope, config: VitPoseConfig, picture: Value): Value {
  const { graph } = s;
  const { backbone, simpleDecoder } = config;
  const tokens = vitPoseBackbone(s.at("backbone"), backbone, picture);
  // [B, N, D] → [B, D, N] → [B, D, rows, columns]
  const planes = graph.op("Transpose", [tokens], { attributes: { perm: [0, 2, 1] } });
  const shape = graph.constant("int64", [4], [0, backbone.hiddenSize, backbone.rows, backbone.columns]);
  const map = graph.op("Reshape", [planes, shape]);
  return (simpleDecoder ? simpleHead : classicHead)(s.at("head"), config, map);
}

/** [B, rows · columns, hiddenSize]: there is no class token. */
function vitPoseBackbone(s: Scope, config: VitPoseBackboneConfig, picture: Value): Value {
  const { hiddenSize, eps } = config;
  let h = embeddings(s.at("embeddings"), config, picture);
  for (let i = 0; i < config.outIndex; i++) h = layer(s.at(`encoder.layer.${i}`), config, h);
  return layerNorm(s.at("layernorm"), h, hiddenSize, eps);
}

function embeddings(s: Scope, config: VitPoseBackboneConfig, picture: Value): Value {
  const { graph } = s;
  const { channels, patchSize, hiddenSize, rows, columns } = config;
  const h = conv2d(s.at("patch_embeddings.projection"), picture, channels, hiddenSize, {
    ...{ kernel: patchSize, stride: patchSize, padding: PADDING },
  });
  const flat = graph.op("Reshape", [h, graph.constant("int64", [3], [0, 0, -1])]);
  const patches = graph.op("Transpose", [flat], { attributes: { perm: [0, 2, 1] } });
  const stored = s.parameter("position_embeddings", [1, 1 + rows * columns, hiddenSize]);
  const parts = graph.constant("int64", [2], [1, rows * columns]);
  // The class token is gone, but its position stayed: it is added to all.
  const [first, rest] = graph.ops("Split", [stored, parts], 2, { attributes: { axis: 1 } });
  return graph.op("Add", [graph.op("Add", [patches, rest!]), first!]);
}

function layer(s: Scope, config: VitPoseBackboneConfig, x: Value): Value {
  const { graph } = s;
  const { hiddenSize, eps } = config;
  const before = layerNorm(s.at("layernorm_before"), x, hiddenSize, eps);
  const h = graph.op("Add", [x, vitAttention(s.at("attention"), before, config)]);
  const after = layerNorm(s.at("layernorm_after"), h, hiddenSize, eps);
  return graph.op("Add", [h, vitMlp(s.at("mlp"), after, config)]);
}

function simpleHead(s: Scope, { backbone, keypoints, scaleFactor }: VitPoseConfig, x: Value): Value {
  const h = interpolateBy(s.graph, activation(s, "relu", x), scaleFactor, { mode: "bilinear" });
  return conv2d(s.at("conv"), h, backbone.hiddenSize, keypoints);
}

function classicHead(s: Scope, { backbone, keypoints }: VitPoseConfig, x: Value): Value {
  const doubling = { kernel: 4, stride: 2, padding: 1 };
  let h = x;
  let channels = backbone.hiddenSize;
  for (const i of [1, 2]) {
    h = convTranspose2d(s.at(`deconv${i}`), h, channels, DECODER_CHANNELS, doubling);
    h = activation(s, "relu", batchNorm2d(s.at(`batchnorm${i}`), h, DECODER_CHANNELS));
    channels = DECODER_CHANNELS;
  }
  return conv2d(s.at("conv"), h, DECODER_CHANNELS, keypoints, { kernel: 1 });
}
