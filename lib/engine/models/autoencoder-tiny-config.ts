import { EngineError } from "../engine-error";
import { type Json, number, numbers, refuse, text } from "./config-fields";

/** What an AutoencoderTiny's config.json says. */
export interface AutoencoderTinyConfig {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly latentChannels: number;
  readonly encoderChannels: number;
  readonly decoderChannels: number;
  /** Residual blocks of each stage; stages are parted by a change of size. */
  readonly encoderBlocks: readonly number[];
  readonly decoderBlocks: readonly number[];
  readonly upsamplingFactor: number;
  readonly act: string;
  /** latent / (2 · latentMagnitude) + latentShift lies in [0, 1]: for latents kept as a picture. */
  readonly latentMagnitude: number;
  readonly latentShift: number;
  /** What diffusion works on is (latent − shiftFactor) · scalingFactor; 1 and 0 for TAESD. */
  readonly scalingFactor: number;
  readonly shiftFactor: number;
  /** Pixels to a latent's side. */
  readonly spatialFactor: number;
}

/**
 * Reads config.json with the reference's defaults.
 * @throws EngineError weights_unknown for a variant that the engine does not draw, naming it.
 */
export function readAutoencoderTinyConfig(json: Json): AutoencoderTinyConfig {
  refuse("an AutoencoderTiny", json, "upsample_fn", ["nearest"]);
  const encoderBlocks = numbers(json, "num_encoder_blocks", [1, 3, 3, 3]);
  return {
    inChannels: number(json, "in_channels", 3),
    outChannels: number(json, "out_channels", 3),
    latentChannels: number(json, "latent_channels", 4),
    encoderChannels: sameThroughout(json, "encoder_block_out_channels"),
    decoderChannels: sameThroughout(json, "decoder_block_out_channels"),
    encoderBlocks,
    decoderBlocks: numbers(json, "num_decoder_blocks", [3, 3, 3, 1]),
    upsamplingFactor: number(json, "upsampling_scaling_factor", 2),
    act: text(json, "act_fn", "relu"),
    latentMagnitude: number(json, "latent_magnitude", 3),
    latentShift: number(json, "latent_shift", 0.5),
    scalingFactor: number(json, "scaling_factor", 1),
    shiftFactor: number(json, "shift_factor", 0),
    spatialFactor: 2 ** (encoderBlocks.length - 1),
  };
}

/** The reference's layers fit together only where every stage is as wide as the next. */
function sameThroughout(json: Json, key: string): number {
  const channels = numbers(json, key, [64]);
  if (new Set(channels).size === 1) return channels[0]!;
  const got = JSON.stringify(channels);
  throw new EngineError("weights_unknown", `an AutoencoderTiny with ${key} ${got} is not supported`, {
    layer: key,
    got,
  });
}
