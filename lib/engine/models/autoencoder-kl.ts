import { activation } from "../nn/activations";
import { attention } from "../nn/attention";
import { conv2d } from "../nn/conv-2d";
import { groupNorm } from "../nn/norms";
import type { Scope } from "../nn/scope";
import { upsampleConv2d } from "../nn/upsample-conv-2d";
import type { Value } from "../onnx/graph";
import type { AutoencoderKlConfig } from "./autoencoder-kl-config";
import { resnetBlock2d } from "./resnet-block-2d";

const EPS = 1e-6;

/**
 * The distribution of the latents of pictures [B, inChannels, H, W] in [−1, 1], sides multiples of `spatialFactor`:
 * [B, 2·latentChannels, H/f, W/f], means and then logarithms of variances, not yet scaled for diffusion.
 * @source diffusers models/autoencoders/autoencoder_kl.py AutoencoderKL._encode · arXiv:2112.10752
 */
export function encodeKl(s: Scope, config: AutoencoderKlConfig, picture: Value): Value {
  const moments = encoder(s.at("encoder"), config, picture);
  const channels = 2 * config.latentChannels;
  return config.useQuantConv
    ? conv2d(s.at("quant_conv"), moments, channels, channels, { kernel: 1 })
    : moments;
}

/**
 * Pictures [B, outChannels, f·h, f·w] around [−1, 1], not clamped, of latents [B, latentChannels, h, w] that have been
 * divided by `scalingFactor`.
 * @source diffusers models/autoencoders/autoencoder_kl.py AutoencoderKL._decode
 */
export function decodeKl(s: Scope, config: AutoencoderKlConfig, latent: Value): Value {
  const { latentChannels: channels } = config;
  const z = config.usePostQuantConv
    ? conv2d(s.at("post_quant_conv"), latent, channels, channels, { kernel: 1 })
    : latent;
  return decoder(s.at("decoder"), config, z);
}

function encoder(s: Scope, config: AutoencoderKlConfig, picture: Value): Value {
  const { blockOutChannels, layersPerBlock, inChannels, latentChannels } = config;
  let channels = blockOutChannels[0]!;
  let h = conv2d(s.at("conv_in"), picture, inChannels, channels);
  for (const [i, outChannels] of blockOutChannels.entries()) {
    const block = s.at(`down_blocks.${i}`);
    for (let j = 0; j < layersPerBlock; j++) {
      h = resnetBlock2d(block.at(`resnets.${j}`), h, null, resnet(config, channels, outChannels));
      channels = outChannels;
    }
    if (i === blockOutChannels.length - 1) continue;
    // Padded below and to the right alone.
    h = conv2d(block.at("downsamplers.0.conv"), h, channels, channels, { stride: 2, padding: [0, 0, 1, 1] });
  }
  h = midBlock(s.at("mid_block"), config, h);
  return toOutput(s, config, h, channels, 2 * latentChannels);
}

function decoder(s: Scope, config: AutoencoderKlConfig, latent: Value): Value {
  const { layersPerBlock, latentChannels, outChannels: pictureChannels } = config;
  const inwards = config.blockOutChannels.toReversed();
  let channels = inwards[0]!;
  let h = conv2d(s.at("conv_in"), latent, latentChannels, channels);
  h = midBlock(s.at("mid_block"), config, h);
  for (const [i, outChannels] of inwards.entries()) {
    const block = s.at(`up_blocks.${i}`);
    for (let j = 0; j <= layersPerBlock; j++) {
      h = resnetBlock2d(block.at(`resnets.${j}`), h, null, resnet(config, channels, outChannels));
      channels = outChannels;
    }
    if (i === inwards.length - 1) continue;
    h = upsampleConv2d(block.at("upsamplers.0.conv"), h, channels, channels);
  }
  return toOutput(s, config, h, channels, pictureChannels);
}

function toOutput(
  s: Scope,
  { groups }: AutoencoderKlConfig,
  h: Value,
  channels: number,
  outChannels: number,
): Value {
  // SiLU whatever `act_fn` says, as in the reference.
  const normal = activation(s, "silu", groupNorm(s.at("conv_norm_out"), h, channels, groups, EPS));
  return conv2d(s.at("conv_out"), normal, channels, outChannels);
}

function midBlock(s: Scope, config: AutoencoderKlConfig, x: Value): Value {
  const channels = config.blockOutChannels.at(-1)!;
  let h = resnetBlock2d(s.at("resnets.0"), x, null, resnet(config, channels, channels));
  if (config.midBlockAttention) h = pixelAttention(s.at("attentions.0"), h, channels, config.groups);
  return resnetBlock2d(s.at("resnets.1"), h, null, resnet(config, channels, channels));
}

/** Every pixel of [B, channels, H, W] attends to every other, with one head. */
function pixelAttention(s: Scope, x: Value, channels: number, groups: number): Value {
  const { graph } = s;
  let h = groupNorm(s.at("group_norm"), x, channels, groups, EPS);
  // [B, C, H, W] → [B, H·W, C]
  h = graph.op("Reshape", [h, graph.constant("int64", [3], [0, 0, -1])]);
  h = graph.op("Transpose", [h], { attributes: { perm: [0, 2, 1] } });
  h = attention(s, h, null, { queryDim: channels, contextDim: channels, heads: 1, headDim: channels });
  h = graph.op("Transpose", [h], { attributes: { perm: [0, 2, 1] } });
  return graph.op("Add", [graph.op("Reshape", [h, graph.op("Shape", [x])]), x]);
}

const resnet = ({ groups, act }: AutoencoderKlConfig, inChannels: number, outChannels: number) => ({
  ...{ inChannels, outChannels, groups, act },
  eps: EPS,
  timeChannels: null,
});
