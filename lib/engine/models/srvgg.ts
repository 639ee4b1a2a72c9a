import { conv2d } from "../nn/conv-2d";
import { pixelShuffle } from "../nn/pixel-shuffle";
import { upsampleNearest } from "../nn/resample";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";
import { requireWeight } from "../safetensors/require-weight";
import type { Weights } from "../safetensors/stored-tensor";

export interface SrvggConfig {
  /** Of the picture and of the result. */
  readonly channels: number;
  readonly features: number;
  /** Between the first convolution and the last. */
  readonly convolutions: number;
  /** How many times as wide and high the result is. */
  readonly scale: number;
}

/**
 * The architecture told from the shapes of its weights: convolutions and PReLUs in turn, under `body.N`.
 * @throws EngineError weights_key_missing.
 */
export function readSrvggConfig(weights: Weights): SrvggConfig {
  const shapeOf = (layer: number) => requireWeight(weights, `body.${layer}.weight`, "upscaler").shape;
  const [features, channels] = shapeOf(0) as [number, number];
  let layers = 0;
  while (weights.has(`body.${layers}.weight`)) layers++;
  return {
    channels,
    features,
    convolutions: (layers - 3) / 2,
    scale: Math.sqrt(shapeOf(layers - 1)[0]! / channels),
  };
}

/**
 * A picture [B, channels, H, W] in [0, 1], enlarged by a small network (Real-ESRGAN's general and anime-video models):
 * [B, channels, scale·H, scale·W], not clamped.
 * @source https://github.com/xinntao/Real-ESRGAN (archs/srvgg_arch.py SRVGGNetCompact) · arXiv:2107.10833
 */
export function srvgg(s: Scope, config: SrvggConfig, picture: Value): Value {
  const { graph } = s;
  const { channels, features, convolutions, scale } = config;
  let h = picture;
  let inChannels = channels;
  for (let i = 0; i <= convolutions; i++) {
    h = prelu(s.at(`body.${2 * i + 1}`), conv2d(s.at(`body.${2 * i}`), h, inChannels, features), features);
    inChannels = features;
  }
  h = conv2d(s.at(`body.${2 * convolutions + 2}`), h, features, channels * scale * scale);
  // What it has learnt is the difference from the enlarged pixels.
  return graph.op("Add", [pixelShuffle(graph, h, scale), upsampleNearest(graph, picture, scale)]);
}

/** torch.nn.PReLU with a slope a channel. */
function prelu(s: Scope, x: Value, channels: number): Value {
  const slope = s.graph.op("Unsqueeze", [
    s.parameter("weight", [channels]),
    s.graph.constant("int64", [2], [1, 2]),
  ]);
  return s.graph.op("PRelu", [x, slope]);
}
