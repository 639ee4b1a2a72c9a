import { flag, type Json, number, refuse, text } from "./config-fields";

/** What of a UNet2DConditionModel's or ControlNetModel's config.json decides its shape; lists have an entry a block. */
export interface UNetConfig {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly blockOutChannels: readonly number[];
  readonly downBlockTypes: readonly string[];
  readonly upBlockTypes: readonly string[];
  /** Distilled models may have a single resnet in the middle (UNetMidBlock2D), or no block at all. */
  readonly midBlockType: (typeof MID_BLOCK_TYPES)[number];
  readonly layersPerBlock: readonly number[];
  readonly heads: readonly number[];
  readonly transformerLayers: TransformerLayers;
  readonly crossAttentionDim: number;
  readonly groups: number;
  readonly eps: number;
  readonly act: string;
  readonly flipSinToCos: boolean;
  readonly freqShift: number;
  readonly useLinearProjection: boolean;
  readonly timeEmbeddingDim: number;
  /** Features of the guidance embedding of guidance-distilled models (LCM); null without. */
  readonly timeCondProjDim: number | null;
  /** SDXL's added conditions; null for models without. */
  readonly addition: { readonly timeDim: number; readonly inputDim: number } | null;
}

/** How deep the transformers of each block are: an entry a layer, none in blocks without attention. */
export interface TransformerLayers {
  readonly down: readonly (readonly number[])[];
  readonly mid: readonly number[];
  /** In the order in which the way up goes; null where a config says it for the way down alone, as ControlNets' may. */
  readonly up: readonly (readonly number[])[] | null;
}

const MODEL = "a UNet";
const MID_BLOCK_TYPES = ["UNetMidBlock2DCrossAttn", "UNetMidBlock2D", null] as const;

/** Of the fields that change what is drawn and that are not read below, the values that are drawn. */
const DRAWN: Readonly<Record<string, readonly unknown[]>> = {
  mid_block_type: MID_BLOCK_TYPES,
  mid_block_scale_factor: [1],
  center_input_sample: [false],
  conv_in_kernel: [3],
  conv_out_kernel: [3],
  // 0 pads one side alone.
  downsample_padding: [1],
  resnet_time_scale_shift: ["default"],
  time_embedding_type: ["positional"],
  time_embedding_act_fn: [null],
  timestep_post_act: [null],
  class_embed_type: [null],
  num_class_embeds: [null],
  class_embeddings_concat: [false],
  addition_embed_type: [null, "text_time"],
  encoder_hid_dim: [null],
  encoder_hid_dim_type: [null],
  attention_type: ["default"],
  dual_cross_attention: [false],
  only_cross_attention: [false],
  // ControlNets'.
  global_pool_conditions: [false],
  controlnet_conditioning_channel_order: ["rgb"],
};

/**
 * Reads config.json with the reference's defaults.
 * @throws EngineError weights_unknown for a variant that the engine does not draw, naming it.
 */
export function readUNetConfig(json: Json): UNetConfig {
  for (const [key, drawn] of Object.entries(DRAWN)) refuse(MODEL, json, key, drawn);
  const blockOutChannels = wholes(json, "block_out_channels", [320, 640, 1280, 1280]);
  const blocks = blockOutChannels.length;
  const downBlockTypes = blockTypes(json, "down", blocks);
  const upBlockTypes = blockTypes(json, "up", blocks);
  const midBlockType =
    json.mid_block_type === undefined
      ? MID_BLOCK_TYPES[0]
      : (json.mid_block_type as UNetConfig["midBlockType"]);
  const layersPerBlock = each(json, "layers_per_block", 2, blocks);
  // Named head dim by mistake, it has always been the number of heads.
  const heads = json.num_attention_heads == null ? "attention_head_dim" : "num_attention_heads";
  return {
    inChannels: whole(json, "in_channels", 4),
    outChannels: whole(json, "out_channels", 4),
    blockOutChannels,
    downBlockTypes,
    upBlockTypes,
    midBlockType,
    layersPerBlock,
    heads: each(json, heads, 8, blocks),
    transformerLayers: readTransformerLayers(json, {
      ...{ downBlockTypes, midBlockType, upBlockTypes, layersPerBlock },
    }),
    crossAttentionDim: whole(json, "cross_attention_dim", 1280),
    groups: whole(json, "norm_num_groups", 32),
    eps: number(json, "norm_eps", 1e-5),
    act: text(json, "act_fn", "silu"),
    flipSinToCos: flag(json, "flip_sin_to_cos", true),
    freqShift: number(json, "freq_shift", 0),
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

/**
 * The transformers of the way up.
 * @throws EngineError weights_unknown where config.json leaves them unsaid.
 */
export const upTransformerLayers = ({
  transformerLayers: { up },
}: UNetConfig): readonly (readonly number[])[] => drawnIf(up !== null, { [REVERSE]: up }, REVERSE, up!);

const REVERSE = "reverse_transformer_layers_per_block";

/** A transformer's depth: one for every layer of a block, or a list with an entry a layer. */
type Depth = number | readonly number[];

/** @source diffusers models/unets/unet_2d_condition.py UNet2DConditionModel.__init__ */
function readTransformerLayers(
  json: Json,
  blocks: Pick<UNetConfig, "downBlockTypes" | "midBlockType" | "upBlockTypes" | "layersPerBlock">,
): TransformerLayers {
  const { downBlockTypes, midBlockType, upBlockTypes, layersPerBlock } = blocks;
  const key = "transformer_layers_per_block";
  const down = readDepths(json, key, layersPerBlock.length);
  const mirrored = down.every((depth) => typeof depth === "number") ? down.toReversed() : null;
  const up = json[REVERSE] == null ? mirrored : readDepths(json, REVERSE, layersPerBlock.length);
  const upLayers = layersPerBlock.toReversed().map((layers) => layers + 1);
  return {
    down: perLayer(json, key, down, downBlockTypes, layersPerBlock),
    // As deep as the first layer of the last block, which is not the nearest.
    mid: perLayer(json, key, down.slice(-1), [midBlockType ?? ""], [1])[0]!,
    up: up && perLayer(json, REVERSE, up, upBlockTypes, upLayers),
  };
}

/** An entry a block; one number for all of them stands on the way down alone. */
function readDepths(json: Json, key: string, blocks: number): readonly Depth[] {
  const value = json[key] ?? 1;
  if (isCount(value) && key !== REVERSE) return new Array<number>(blocks).fill(value);
  const isDepth = (entry: unknown) => isCount(entry) || (Array.isArray(entry) && entry.every(isCount));
  const isRead = Array.isArray(value) && value.length === blocks && value.every(isDepth);
  return drawnIf(isRead, json, key, value as readonly Depth[]);
}

/** Of the blocks that attend, a depth for each layer. As in the reference, a list may go on behind the last layer. */
const perLayer = (
  json: Json,
  key: string,
  depths: readonly Depth[],
  types: readonly string[],
  layers: readonly number[],
): readonly (readonly number[])[] =>
  depths.map((depth, i) => {
    const count = types[i]!.includes("CrossAttn") ? layers[i]! : 0;
    if (typeof depth === "number") return new Array<number>(count).fill(depth);
    return drawnIf(depth.length >= count, json, key, depth.slice(0, count));
  });

function blockTypes(json: Json, way: "down" | "up", blocks: number): readonly string[] {
  const key = `${way}_block_types`;
  const plain = way === "down" ? "DownBlock2D" : "UpBlock2D";
  const attending = `CrossAttn${plain}`;
  const usual = [...new Array<string>(blocks - 1).fill(attending), plain];
  const value = json[key] ?? (way === "down" ? usual : usual.toReversed());
  const isDrawn =
    Array.isArray(value) &&
    value.length === blocks &&
    value.every((type) => type === plain || type === attending);
  return drawnIf(isDrawn, json, key, value as readonly string[]);
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
const isWhole = (value: unknown): value is number => isCount(value) && value > 0;

function whole(json: Json, key: string, otherwise: number): number {
  const value = json[key] === undefined ? otherwise : json[key];
  return drawnIf(isWhole(value), json, key, value as number);
}

function wholes(json: Json, key: string, otherwise: readonly number[]): readonly number[] {
  const value = json[key] ?? otherwise;
  const isDrawn = Array.isArray(value) && value.length > 0 && value.every(isWhole);
  return drawnIf(isDrawn, json, key, value as readonly number[]);
}

/** One number for every block, or a list with an entry a block. */
function each(json: Json, key: string, otherwise: number, blocks: number): readonly number[] {
  if (Array.isArray(json[key]) && json[key].length !== blocks) return drawnIf(false, json, key, []);
  return Array.isArray(json[key])
    ? wholes(json, key, [])
    : new Array<number>(blocks).fill(whole(json, key, otherwise));
}

/** @throws EngineError weights_unknown, naming the field, unless what was read of it is drawn. */
function drawnIf<T>(isDrawn: boolean, json: Json, key: string, value: T): T {
  refuse(MODEL, json, key, isDrawn ? [json[key]] : []);
  return value;
}
