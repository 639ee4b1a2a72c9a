import { activation } from "../nn/activations";
import { conv2d } from "../nn/conv-2d";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";
import { refuse } from "./config-fields";
import { downBlocks, midBlock, timeEmbedding, type UNetInputs } from "./unet-2d-condition";
import type { UNetConfig } from "./unet-config";

export interface ControlNetConfig extends UNetConfig {
  /** Channels of the control picture, 3. */
  readonly conditioningChannels: number;
  /** Of the layers that shrink the control picture, (16, 32, 96, 256). */
  readonly embeddingChannels: readonly number[];
}

export interface ControlNetInputs extends Omit<UNetInputs, "residuals"> {
  /** What `conditioningEmbedding` makes of the control picture, the same in every step: [B, blockOutChannels[0], H, W]. */
  readonly hint: Value;
}

/**
 * What a UNet's skip connections and middle are to be changed by: copies of its way down that have seen the control
 * picture, each through a convolution that began as zero.
 * @returns residuals at full strength.
 * @throws EngineError weights_unknown without a block in the middle, as the reference does.
 * @source diffusers models/controlnets/controlnet.py ControlNetModel · arXiv:2302.05543
 */
export function controlNet(
  s: Scope,
  config: ControlNetConfig,
  inputs: ControlNetInputs,
): { down: Value[]; mid: Value } {
  const { graph } = s;
  const middle = { mid_block_type: config.midBlockType };
  refuse("a ControlNet", middle, "mid_block_type", ["UNetMidBlock2DCrossAttn", "UNetMidBlock2D"]);
  const time = timeEmbedding(s, config, inputs);
  const context = inputs.encoderHiddenStates;
  const sample = conv2d(s.at("conv_in"), inputs.sample, config.inChannels, config.blockOutChannels[0]!);
  const { h, skips } = downBlocks(s, config, graph.op("Add", [sample, inputs.hint]), time, context);
  const mid = midBlock(s.at("mid_block"), config, h, time, context);
  const last = config.blockOutChannels.at(-1)!;
  return {
    down: skips.map(({ value, channels }, i) =>
      conv2d(s.at(`controlnet_down_blocks.${i}`), value, channels, channels, { kernel: 1 }),
    ),
    mid: conv2d(s.at("controlnet_mid_block"), mid, last, last, { kernel: 1 }),
  };
}

/**
 * The control picture in [0, 1] [B, conditioningChannels, 8·H, 8·W] as a feature map of the latent's size.
 * @param s of `controlnet_cond_embedding`.
 * @source diffusers models/controlnets/controlnet.py ControlNetConditioningEmbedding
 */
export function conditioningEmbedding(s: Scope, config: ControlNetConfig, picture: Value): Value {
  const { conditioningChannels, embeddingChannels, blockOutChannels } = config;
  let channels = embeddingChannels[0]!;
  let h = activation(s, "silu", conv2d(s.at("conv_in"), picture, conditioningChannels, channels));
  for (const [i, next] of embeddingChannels.slice(1).entries()) {
    h = activation(s, "silu", conv2d(s.at(`blocks.${2 * i}`), h, channels, channels));
    h = activation(s, "silu", conv2d(s.at(`blocks.${2 * i + 1}`), h, channels, next, { stride: 2 }));
    channels = next;
  }
  return conv2d(s.at("conv_out"), h, channels, blockOutChannels[0]!);
}
