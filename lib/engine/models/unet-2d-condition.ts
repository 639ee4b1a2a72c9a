import { activation } from "../nn/activations";
import { conv2d } from "../nn/conv-2d";
import { groupNorm } from "../nn/norms";
import { resizeNearestLike } from "../nn/resample";
import type { Scope } from "../nn/scope";
import { sinusoids, timestepEmbedding } from "../nn/time-embedding";
import type { Value } from "../onnx/graph";
import { resnetBlock2d } from "./resnet-block-2d";
import { type TransformerSize, transformer2d } from "./transformer-2d";
import { type UNetConfig, upTransformerLayers } from "./unet-config";

export interface UNetInputs {
  /** [B, inChannels, H, W], scaled to the model's input. */
  readonly sample: Value;
  /** [B] */
  readonly timestep: Value;
  /** [B, T, crossAttentionDim] */
  readonly encoderHiddenStates: Value;
  /** Guidance embedding [B, timeCondProjDim], for models distilled with it. */
  readonly timestepCond?: Value;
  /** SDXL: pooled text [B, D] and sizes and crops [B, 6]. */
  readonly added?: { readonly textEmbeds: Value; readonly timeIds: Value };
  /** What ControlNets add: one for every skip connection, in the order in which they are made, and the middle. */
  readonly residuals?: { readonly down: readonly Value[]; readonly mid: Value };
}

/**
 * The noise (or velocity) that a latent picture holds: [B, outChannels, H, W].
 * @source diffusers models/unets/unet_2d_condition.py UNet2DConditionModel
 */
export function unet2dCondition(s: Scope, config: UNetConfig, inputs: UNetInputs): Value {
  const { graph } = s;
  const { blockOutChannels, groups, eps, act } = config;
  const channels = blockOutChannels[0]!;
  const time = timeEmbedding(s, config, inputs);
  const context = inputs.encoderHiddenStates;

  let h = conv2d(s.at("conv_in"), inputs.sample, config.inChannels, channels);
  const down = downBlocks(s, config, h, time, context);
  h = down.h;
  if (config.midBlockType !== null) h = midBlock(s.at("mid_block"), config, h, time, context);
  if (inputs.residuals) h = graph.op("Add", [h, inputs.residuals.mid]);

  const skips = down.skips.map(({ value, channels }, i) => {
    const residual = inputs.residuals?.down[i];
    return { value: residual ? graph.op("Add", [value, residual]) : value, channels };
  });
  h = upBlocks(s, config, h, skips, time, context);

  h = activation(s, act, groupNorm(s.at("conv_norm_out"), h, channels, groups, eps));
  return conv2d(s.at("conv_out"), h, channels, config.outChannels);
}

/** A feature map that is kept for the way up. */
export interface Skip {
  readonly value: Value;
  readonly channels: number;
}

export function timeEmbedding(
  s: Scope,
  config: UNetConfig,
  { timestep, timestepCond, added }: Pick<UNetInputs, "timestep" | "timestepCond" | "added">,
): Value {
  const { graph } = s;
  const { timeEmbeddingDim, act } = config;
  const channels = config.blockOutChannels[0]!;
  const condition =
    timestepCond && config.timeCondProjDim !== null
      ? { value: timestepCond, channels: config.timeCondProjDim }
      : undefined;
  const waves = sinusoids(graph, timestep, channels, config);
  const time = timestepEmbedding(s.at("time_embedding"), waves, channels, timeEmbeddingDim, act, condition);
  if (!config.addition || !added) return time;
  // [B, 6] → [6·B] → [6·B, timeDim] → [B, 6·timeDim]
  const { timeDim, inputDim } = config.addition;
  const flat = graph.op("Reshape", [added.timeIds, graph.constant("int64", [1], [-1])]);
  const ids = graph.op("Reshape", [
    sinusoids(graph, flat, timeDim, config),
    graph.constant("int64", [2], [-1, timeDim * 6]),
  ]);
  const both = graph.op("Concat", [added.textEmbeds, ids], { attributes: { axis: -1 } });
  return graph.op("Add", [
    time,
    timestepEmbedding(s.at("add_embedding"), both, inputDim, timeEmbeddingDim, "silu"),
  ]);
}

/** The way down: the last feature map, and one to keep after conv_in, every layer and every downsampler. */
export function downBlocks(
  s: Scope,
  config: UNetConfig,
  sample: Value,
  time: Value,
  context: Value,
): { h: Value; skips: Skip[] } {
  const { blockOutChannels, downBlockTypes, layersPerBlock, transformerLayers } = config;
  let h = sample;
  let channels = blockOutChannels[0]!;
  const skips: Skip[] = [{ value: h, channels }];
  for (const [i, type] of downBlockTypes.entries()) {
    const block = s.at(`down_blocks.${i}`);
    const outChannels = blockOutChannels[i]!;
    for (let j = 0; j < layersPerBlock[i]!; j++) {
      h = resnetBlock2d(block.at(`resnets.${j}`), h, time, resnet(config, channels, outChannels));
      channels = outChannels;
      if (type === "CrossAttnDownBlock2D") {
        const size = transformer(config, i, transformerLayers.down[i]![j]!);
        h = transformer2d(block.at(`attentions.${j}`), h, context, size);
      }
      skips.push({ value: h, channels });
    }
    if (i === downBlockTypes.length - 1) continue;
    h = conv2d(block.at("downsamplers.0.conv"), h, channels, channels, { stride: 2 });
    skips.push({ value: h, channels });
  }
  return { h, skips };
}

/** A resnet, and behind every transformer another; distilled models may have none but the first. */
export function midBlock(s: Scope, config: UNetConfig, x: Value, time: Value, context: Value): Value {
  const last = config.blockOutChannels.length - 1;
  const channels = config.blockOutChannels[last]!;
  const size = resnet(config, channels, channels);
  let h = resnetBlock2d(s.at("resnets.0"), x, time, size);
  for (const [j, layers] of config.transformerLayers.mid.entries()) {
    h = transformer2d(s.at(`attentions.${j}`), h, context, transformer(config, last, layers));
    h = resnetBlock2d(s.at(`resnets.${j + 1}`), h, time, size);
  }
  return h;
}

function upBlocks(
  s: Scope,
  config: UNetConfig,
  sample: Value,
  skips: Skip[],
  time: Value,
  context: Value,
): Value {
  const { graph } = s;
  const { blockOutChannels, upBlockTypes, layersPerBlock } = config;
  const transformerLayers = upTransformerLayers(config);
  const blocks = upBlockTypes.length;
  let h = sample;
  let channels = blockOutChannels[blocks - 1]!;
  for (const [i, type] of upBlockTypes.entries()) {
    const block = s.at(`up_blocks.${i}`);
    const level = blocks - 1 - i;
    const outChannels = blockOutChannels[level]!;
    for (let j = 0; j <= layersPerBlock[level]!; j++) {
      const skip = skips.pop()!;
      h = graph.op("Concat", [h, skip.value], { attributes: { axis: 1 } });
      const inChannels = channels + skip.channels;
      h = resnetBlock2d(block.at(`resnets.${j}`), h, time, resnet(config, inChannels, outChannels));
      channels = outChannels;
      if (type === "CrossAttnUpBlock2D") {
        const size = transformer(config, level, transformerLayers[i]![j]!);
        h = transformer2d(block.at(`attentions.${j}`), h, context, size);
      }
    }
    if (i === blocks - 1) continue;
    // As large as the next skip, which is twice as large wherever sizes are even.
    h = resizeNearestLike(graph, h, skips.at(-1)!.value);
    h = conv2d(block.at("upsamplers.0.conv"), h, channels, channels);
  }
  return h;
}

const resnet = (
  { timeEmbeddingDim, groups, eps, act }: UNetConfig,
  inChannels: number,
  outChannels: number,
) => ({
  ...{ inChannels, outChannels, groups, eps, act },
  timeChannels: timeEmbeddingDim,
});

function transformer(config: UNetConfig, block: number, layers: number): TransformerSize {
  const channels = config.blockOutChannels[block]!;
  const heads = config.heads[block]!;
  return {
    ...{ channels, heads, headDim: Math.floor(channels / heads) },
    contextDim: config.crossAttentionDim,
    layers,
    groups: config.groups,
    useLinearProjection: config.useLinearProjection,
  };
}
