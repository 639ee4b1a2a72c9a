import { flag, type Json, number, numbers, refuse, text } from "./config-fields";

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
  refuse("a UNet", json, "resnet_time_scale_shift", ["default"]);
  refuse("a UNet", json, "class_embed_type", [null]);
  refuse("a UNet", json, "encoder_hid_dim_type", [null]);
  refuse("a UNet", json, "addition_embed_type", [null, "text_time"]);
  refuse("a UNet", json, "dual_cross_attention", [false]);
  refuse("a UNet", json, "only_cross_attention", [false]);
  refuse("a UNet", json, "conv_in_kernel", [3]);
  refuse("a UNet", json, "mid_block_type", [null, "UNetMidBlock2DCrossAttn"]);
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
    act: text(json, "act_fn", "silu"),
    flipSinToCos: flag(json, "flip_sin_to_cos", true),
    freqShift: number(json, "freq_shift", 0),
    downsamplePadding: number(json, "downsample_padding", 1),
    useLinearProjection: flag(json, "use_linear_projection", false),
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

const each = (value: unknown, blocks: number): readonly number[] =>
  Array.isArray(value) ? (value as number[]) : new Array<number>(blocks).fill(value as number);
