import { activation } from "../nn/activations";
import { conv2d } from "../nn/conv-2d";
import { upsampleNearest } from "../nn/resample";
import type { Scope } from "../nn/scope";
import type { Graph, Value } from "../onnx/graph";
import type { AutoencoderTinyConfig } from "./autoencoder-tiny-config";

/**
 * Latents of pictures [B, inChannels, H, W] in [−1, 1], sides multiples of `spatialFactor`:
 * [B, latentChannels, H/f, W/f]. TAESD's are scaled as diffusion works on them: not to be multiplied by the factor of
 * the autoencoder that it stands for.
 * @source diffusers models/autoencoders/vae.py EncoderTiny · https://github.com/madebyollin/taesd
 */
export function encodeTiny(s: Scope, config: AutoencoderTinyConfig, picture: Value): Value {
  const { inChannels, latentChannels, encoderChannels: channels } = config;
  // [−1, 1] → [0, 1]
  let h = affine(s.graph, picture, 0.5, 0.5);
  let index = 0;
  const next = () => s.at(`encoder.layers.${index++}`);
  for (const [stage, blocks] of config.encoderBlocks.entries()) {
    h =
      stage === 0
        ? conv2d(next(), h, inChannels, channels)
        : conv2d(next(), h, channels, channels, { stride: 2 });
    for (let i = 0; i < blocks; i++) h = block(next(), h, channels, config.act);
  }
  return conv2d(next(), h, channels, latentChannels);
}

/**
 * Pictures [B, outChannels, f·h, f·w] around [−1, 1], not clamped, of latents [B, latentChannels, h, w]: scaled ones,
 * as diffusion leaves them, for TAESD. Latents beyond ±3 are bent back smoothly.
 * @source diffusers models/autoencoders/vae.py DecoderTiny
 */
export function decodeTiny(s: Scope, config: AutoencoderTinyConfig, latent: Value): Value {
  const { graph } = s;
  const { outChannels, latentChannels, decoderChannels: channels, decoderBlocks, act } = config;
  const three = graph.constant("float32", [], [3]);
  let h = graph.op("Mul", [graph.op("Tanh", [graph.op("Div", [latent, three])]), three]);
  let index = 0;
  const next = () => s.at(`decoder.layers.${index++}`);
  h = conv2d(next(), h, latentChannels, channels);
  h = activation(next(), act, h);
  for (const [stage, blocks] of decoderBlocks.entries()) {
    const isLast = stage === decoderBlocks.length - 1;
    for (let i = 0; i < blocks; i++) h = block(next(), h, channels, act);
    if (!isLast) {
      h = upsampleNearest(graph, h, config.upsamplingFactor);
      index++; // it has a place in the list, but no weights
    }
    h = conv2d(next(), h, channels, isLast ? outChannels : channels);
  }
  // [0, 1] → [−1, 1]
  return affine(graph, h, 2, -1);
}

/** @source diffusers models/unets/unet_2d_blocks.py AutoencoderTinyBlock */
function block(s: Scope, x: Value, channels: number, act: string): Value {
  let h = activation(s, act, conv2d(s.at("conv.0"), x, channels, channels));
  h = activation(s, act, conv2d(s.at("conv.2"), h, channels, channels));
  h = conv2d(s.at("conv.4"), h, channels, channels);
  return s.graph.op("Relu", [s.graph.op("Add", [h, x])]);
}

function affine(graph: Graph, x: Value, scale: number, shift: number): Value {
  const scaled = graph.op("Mul", [x, graph.constant("float32", [], [scale])]);
  return graph.op("Add", [scaled, graph.constant("float32", [], [shift])]);
}
