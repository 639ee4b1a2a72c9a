import { activation } from "../nn/activations";
import { conv2d } from "../nn/conv-2d";
import { convTranspose2d } from "../nn/conv-transpose-2d";
import { interpolate, interpolateBy, spatialSize } from "../nn/interpolate";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";
import type { DepthAnythingConfig } from "./depth-anything-config";
import { dinov2Backbone, patchGrid } from "./dinov2";

const BILINEAR = { mode: "bilinear" } as const;
const BILINEAR_CORNERS = { mode: "bilinear", alignCorners: true } as const;

/**
 * Depth in a picture [B, 3, H, W], normalised by the preprocessor's mean and deviation, sides multiples of the patch:
 * [B, 1, H, W], 0 or more. Relative models tell nearness, with no unit and without bound; metric ones metres.
 * @source transformers models/depth_anything/modeling_depth_anything.py DepthAnythingForDepthEstimation ·
 *         arXiv:2406.09414
 */
export function depthAnything(s: Scope, config: DepthAnythingConfig, picture: Value): Value {
  const grid = patchGrid(s, picture, config.patchSize);
  const features = dinov2Backbone(s.at("backbone"), config.backbone, picture);
  const fused = neck(s.at("neck"), config, features, grid);
  return head(s.at("head"), config, fused.at(config.headInIndex)!, grid);
}

function neck(s: Scope, config: DepthAnythingConfig, features: readonly Value[], grid: Value): Value[] {
  const { neckHiddenSizes, fusionHiddenSize } = config;
  const maps = features.map((feature, i) => {
    const map = reassemble(s.at(`reassemble_stage.layers.${i}`), config, { feature, grid, index: i });
    return conv2d(s.at(`convs.${i}`), map, neckHiddenSizes[i]!, fusionHiddenSize);
  });
  return fuse(s.at("fusion_stage"), config, maps.toReversed());
}

/** Tokens as a feature map, larger or smaller by the layer's factor. */
function reassemble(
  s: Scope,
  { backbone, neckHiddenSizes, reassembleFactors }: DepthAnythingConfig,
  { feature, grid, index }: { feature: Value; grid: Value; index: number },
): Value {
  const { graph } = s;
  const [channels, factor] = [neckHiddenSizes[index]!, reassembleFactors[index]!];
  const [from, to, axis] = [[1], [Number.MAX_SAFE_INTEGER], [1]].map((at) =>
    graph.constant("int64", [1], at),
  );
  const patches = graph.op("Slice", [feature, from!, to!, axis!]);
  // [B, N, D] → [B, D, N] → [B, D, h, w]
  const planes = graph.op("Transpose", [patches], { attributes: { perm: [0, 2, 1] } });
  const shape = graph.op("Concat", [graph.constant("int64", [2], [0, backbone.hiddenSize]), grid], {
    attributes: { axis: 0 },
  });
  const map = graph.op("Reshape", [planes, shape]);
  const projected = conv2d(s.at("projection"), map, backbone.hiddenSize, channels, { kernel: 1 });
  if (factor === 1) return projected;
  const resize = s.at("resize");
  return factor > 1
    ? convTranspose2d(resize, projected, channels, channels, { kernel: factor, stride: factor })
    : conv2d(resize, projected, channels, channels, { stride: Math.floor(1 / factor) });
}

/** From the coarsest map to the finest, each merged into what came before. */
function fuse(s: Scope, config: DepthAnythingConfig, maps: readonly Value[]): Value[] {
  const { graph } = s;
  const { fusionHiddenSize: channels } = config;
  const fused: Value[] = [];
  maps.forEach((map, i) => {
    const layer = s.at(`layers.${i}`);
    const before = fused.at(-1);
    let h = map;
    if (before) {
      const fitted = interpolate(graph, map, spatialSize(graph, before), BILINEAR);
      h = graph.op("Add", [before, preActResidual(layer.at("residual_layer1"), fitted, channels)]);
    }
    h = preActResidual(layer.at("residual_layer2"), h, channels);
    const next = maps[i + 1];
    h = next
      ? interpolate(graph, h, spatialSize(graph, next), BILINEAR_CORNERS)
      : interpolateBy(graph, h, 2, BILINEAR_CORNERS);
    fused.push(conv2d(layer.at("projection"), h, channels, channels, { kernel: 1 }));
  });
  return fused;
}

function preActResidual(s: Scope, x: Value, channels: number): Value {
  let h = conv2d(s.at("convolution1"), activation(s, "relu", x), channels, channels);
  h = conv2d(s.at("convolution2"), activation(s, "relu", h), channels, channels);
  return s.graph.op("Add", [h, x]);
}

function head(s: Scope, config: DepthAnythingConfig, x: Value, grid: Value): Value {
  const { graph } = s;
  const { fusionHiddenSize, headHiddenSize, patchSize, metric, maxDepth } = config;
  const half = Math.floor(fusionHiddenSize / 2);
  const size = graph.op("Mul", [grid, graph.constant("int64", [1], [patchSize])]);
  let h = interpolate(graph, conv2d(s.at("conv1"), x, fusionHiddenSize, half), size, BILINEAR_CORNERS);
  h = activation(s, "relu", conv2d(s.at("conv2"), h, half, headHiddenSize));
  h = conv2d(s.at("conv3"), h, headHiddenSize, 1, { kernel: 1 });
  h = metric ? graph.op("Sigmoid", [h]) : activation(s, "relu", h);
  return graph.op("Mul", [h, graph.constant("float32", [], [maxDepth])]);
}
