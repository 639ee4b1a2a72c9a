import { conv2d } from "../nn/conv-2d";
import { pixelUnshuffle } from "../nn/pixel-shuffle";
import { upsampleNearest } from "../nn/resample";
import type { Scope } from "../nn/scope";
import type { Graph, Value } from "../onnx/graph";
import { requireWeight } from "../safetensors/require-weight";
import type { Weights } from "../safetensors/stored-tensor";

export interface RrdbNetConfig {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly features: number;
  /** Features that every convolution of a dense block adds. */
  readonly growth: number;
  readonly blocks: number;
  /** Convolutions that each double the size: 2 in Real-ESRGAN's models. */
  readonly upConvs: number;
  /** The picture goes in with so many pixels a side in the channels of one: 1, or 4 / scale in Real-ESRGAN's models. */
  readonly fold: number;
  /** How many times as wide and high the result is. */
  readonly scale: number;
}

/** Of what a residual block adds. */
const RESIDUAL = 0.2;

/**
 * The architecture told from the shapes of its weights, whose keys are Real-ESRGAN's (`conv_first`, `body.0.rdb1.conv1`).
 * @throws EngineError weights_key_missing.
 */
export function readRrdbNetConfig(weights: Weights): RrdbNetConfig {
  const shapeOf = (key: string) => requireWeight(weights, `${key}.weight`, "upscaler").shape;
  const [features, folded] = shapeOf("conv_first") as [number, number];
  const outChannels = shapeOf("conv_last")[0]!;
  let blocks = 0;
  while (weights.has(`body.${blocks}.rdb1.conv1.weight`)) blocks++;
  let upConvs = 0;
  while (weights.has(`conv_up${upConvs + 1}.weight`)) upConvs++;
  // Colours in are as many as colours out; each pixel of a folded picture has 2 × 2 or 4 × 4 of them.
  const fold = Math.sqrt(folded / outChannels);
  return {
    inChannels: outChannels,
    outChannels,
    features,
    growth: shapeOf("body.0.rdb1.conv1")[0]!,
    ...{ blocks, upConvs, fold },
    scale: 2 ** upConvs / fold,
  };
}

/**
 * A picture [B, inChannels, H, W] in [0, 1], enlarged: [B, outChannels, scale·H, scale·W], not clamped. Sides must be
 * multiples of `fold`.
 * @source https://github.com/XPixelGroup/BasicSR (archs/rrdbnet_arch.py) · arXiv:1809.00219, arXiv:2107.10833
 */
export function rrdbNet(s: Scope, config: RrdbNetConfig, picture: Value): Value {
  const { graph } = s;
  const { inChannels, outChannels, features, blocks, upConvs, fold } = config;
  const folded = pixelUnshuffle(graph, picture, inChannels, fold);
  const first = conv2d(s.at("conv_first"), folded, inChannels * fold * fold, features);
  let body = first;
  for (let i = 0; i < blocks; i++) body = rrdb(s.at(`body.${i}`), config, body);
  let h = graph.op("Add", [first, conv2d(s.at("conv_body"), body, features, features)]);
  for (let i = 1; i <= upConvs; i++)
    h = leakyRelu(graph, conv2d(s.at(`conv_up${i}`), upsampleNearest(graph, h, 2), features, features));
  h = leakyRelu(graph, conv2d(s.at("conv_hr"), h, features, features));
  return conv2d(s.at("conv_last"), h, features, outChannels);
}

/** A residual block of three residual dense blocks. */
function rrdb(s: Scope, config: RrdbNetConfig, x: Value): Value {
  let h = x;
  for (const name of ["rdb1", "rdb2", "rdb3"]) h = denseBlock(s.at(name), config, h);
  return addScaled(s.graph, x, h);
}

/** Every convolution sees the input and what all before it made. */
function denseBlock(s: Scope, { features, growth }: RrdbNetConfig, x: Value): Value {
  const { graph } = s;
  const seen = [x];
  for (let i = 0; i < 4; i++) {
    const all = i === 0 ? x : graph.op("Concat", seen, { attributes: { axis: 1 } });
    seen.push(leakyRelu(graph, conv2d(s.at(`conv${i + 1}`), all, features + i * growth, growth)));
  }
  const all = graph.op("Concat", seen, { attributes: { axis: 1 } });
  return addScaled(graph, x, conv2d(s.at("conv5"), all, features + 4 * growth, features));
}

const addScaled = (graph: Graph, x: Value, residual: Value): Value =>
  graph.op("Add", [x, graph.op("Mul", [residual, graph.constant("float32", [], [RESIDUAL])])]);

const leakyRelu = (graph: Graph, x: Value): Value =>
  graph.op("LeakyRelu", [x], { attributes: { alpha: { float: 0.2 } } });
