import { flag, type Json, number, numbers, refuse, text } from "./config-fields";

/** What an AutoencoderKL's config.json says; `blockOutChannels` is from the picture inwards. */
export interface AutoencoderKlConfig {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly latentChannels: number;
  readonly blockOutChannels: readonly number[];
  readonly layersPerBlock: number;
  readonly groups: number;
  readonly act: string;
  readonly useQuantConv: boolean;
  readonly usePostQuantConv: boolean;
  readonly midBlockAttention: boolean;
  /** What diffusion works on is (latent − shiftFactor) · scalingFactor. */
  readonly scalingFactor: number;
  readonly shiftFactor: number;
  /** Made for float32: in half precision its numbers overflow. */
  readonly forceUpcast: boolean;
  /** Pixels to a latent's side. */
  readonly spatialFactor: number;
}

/**
 * Reads config.json with the reference's defaults.
 * @throws EngineError weights_unknown for a variant that the engine does not draw, naming it.
 */
export function readAutoencoderKlConfig(json: Json): AutoencoderKlConfig {
  const model = "an AutoencoderKL";
  const blockOutChannels = numbers(json, "block_out_channels", [64]);
  for (const [key, type] of [
    ["down_block_types", "DownEncoderBlock2D"],
    ["up_block_types", "UpDecoderBlock2D"],
  ] as const) {
    const types = (json[key] as string[] | undefined) ?? [];
    if (types.some((one) => one !== type)) refuse(model, json, key, []);
  }
  refuse(model, json, "latents_mean", [null]);
  refuse(model, json, "latents_std", [null]);
  return {
    inChannels: number(json, "in_channels", 3),
    outChannels: number(json, "out_channels", 3),
    latentChannels: number(json, "latent_channels", 4),
    blockOutChannels,
    layersPerBlock: number(json, "layers_per_block", 1),
    groups: number(json, "norm_num_groups", 32),
    act: text(json, "act_fn", "silu"),
    useQuantConv: flag(json, "use_quant_conv", true),
    usePostQuantConv: flag(json, "use_post_quant_conv", true),
    midBlockAttention: flag(json, "mid_block_add_attention", true),
    scalingFactor: number(json, "scaling_factor", 0.18215),
    shiftFactor: number(json, "shift_factor", 0),
    forceUpcast: flag(json, "force_upcast", true),
    spatialFactor: 2 ** (blockOutChannels.length - 1),
  };
}
