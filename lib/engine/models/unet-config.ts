import { EngineError } from "../engine-error";

/** What of a UNet2DConditionModel's or ControlNetModel's config.json decides its shape; lists have an entry a block. */
export interface UNetConfig {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly blockOutChannels: readonly number[];
  readonly downBlockTypes: readonly string[];
  readonly upBlockTypes: readonly string[];
  /** Distilled models may have no block in the middle. */
  readonly hasMidBlock: boolean;
  readonly layersPerBlock: readonly number[];
  readonly heads: readonly number[];
  readonly transformerLayers: readonly number[];
  readonly crossAttentionDim: number;
  readonly groups: number;
  readonly eps: number;
  readonly act: string;
  readonly flipSinToCos: boolean;
  readonly freqShift: number;
  readonly downsamplePadding: number;
  readonly useLinearProjection: boolean;
  readonly timeEmbeddingDim: number;
  /** Features of the guidance embedding of guidance-distilled models (LCM); null without. */
  readonly timeCondProjDim: number | null;
  /** SDXL's added conditions; null for models without. */
  readonly addition: { readonly timeDim: number; readonly inputDim: number } | null;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads config.json with the reference's defaults.
 * @throws EngineError weights_unknown for a variant that the engine does not draw, naming it.
 */
export function readUNetConfig(json: Json): UNetConfig {
  const blockOutChannels = numbers(json, "block_out_channels", [320, 640, 1280, 1280]);
  const blocks = blockOutChannels.length;
  const downBlockTypes = (json.down_block_types as string[] | undefined) ?? [
    ...new Array<string>(blocks - 1).fill("CrossAttnDownBlock2D"),
    "DownBlock2D",
  ];
  // Named head dim by mistake, it has always been the number of heads.
  const heads = json.num_attention_heads ?? json.attention_head_dim ?? 8;
  refuse(json, "resnet_time_scale_shift", ["default"]);
  refuse(json, "class_embed_type", [null]);
  refuse(json, "encoder_hid_dim_type", [null]);
  refuse(json, "addition_embed_type", [null, "text_time"]);
  refuse(json, "dual_cross_attention", [false]);
  refuse(json, "only_cross_attention", [false]);
  refuse(json, "conv_in_kernel", [3]);
  refuse(json, "mid_block_type", [null, "UNetMidBlock2DCrossAttn"]);
  return {
    inChannels: number(json, "in_channels", 4),
    outChannels: number(json, "out_channels", 4),
    blockOutChannels,
    downBlockTypes,
    upBlockTypes: (json.up_block_types as string[] | undefined) ?? [
      "UpBlock2D",
      ...new Array<string>(blocks - 1).fill("CrossAttnUpBlock2D"),
    ],
    hasMidBlock: json.mid_block_type !== null,
    layersPerBlock: each(json.layers_per_block ?? 2, blocks),
    heads: each(heads, blocks),
    transformerLayers: each(json.transformer_layers_per_block ?? 1, blocks),
    crossAttentionDim: number(json, "cross_attention_dim", 1280),
    groups: number(json, "norm_num_groups", 32),
    eps: number(json, "norm_eps", 1e-5),
    act: (json.act_fn as string | undefined) ?? "silu",
    flipSinToCos: (json.flip_sin_to_cos as boolean | undefined) ?? true,
    freqShift: number(json, "freq_shift", 0),
    downsamplePadding: number(json, "downsample_padding", 1),
    useLinearProjection: (json.use_linear_projection as boolean | undefined) ?? false,
    timeEmbeddingDim: number(json, "time_embedding_dim", blockOutChannels[0]! * 4),
    timeCondProjDim: (json.time_cond_proj_dim as number | null | undefined) ?? null,
    addition:
      json.addition_embed_type === "text_time"
        ? {
            timeDim: number(json, "addition_time_embed_dim", 256),
            inputDim: number(json, "projection_class_embeddings_input_dim", 2816),
          }
        : null,
  };
}

const number = (json: Json, key: string, otherwise: number): number =>
  (json[key] as number | null | undefined) ?? otherwise;

const numbers = (json: Json, key: string, otherwise: readonly number[]): readonly number[] =>
  (json[key] as number[] | undefined) ?? otherwise;

const each = (value: unknown, blocks: number): readonly number[] =>
  Array.isArray(value) ? (value as number[]) : new Array<number>(blocks).fill(value as number);

function refuse(json: Json, key: string, allowed: readonly unknown[]): void {
  if (!(key in json) || allowed.includes(json[key])) return;
  const got = JSON.stringify(json[key]);
  throw new EngineError("weights_unknown", `a UNet with ${key} ${got} is not supported`, { layer: key, got });
}
