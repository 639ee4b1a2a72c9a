import { flag, type Json, number, numbers, refuse, text } from "./config-fields";
import type { Dinov2Config } from "./dinov2";

export interface DepthAnythingConfig {
  readonly backbone: Dinov2Config;
  readonly patchSize: number;
  /** Of each feature map: how many times as large as the patches' grid. */
  readonly reassembleFactors: readonly number[];
  readonly neckHiddenSizes: readonly number[];
  readonly fusionHiddenSize: number;
  /** Which of the fused maps is read; −1 is the last. */
  readonly headInIndex: number;
  readonly headHiddenSize: number;
  /** Whether it tells metres rather than nearness. */
  readonly metric: boolean;
  /** What the result is multiplied by. */
  readonly maxDepth: number;
}

/**
 * Reads the config.json of a DepthAnythingForDepthEstimation.
 * @throws EngineError weights_unknown for a variant that the engine does not draw, naming it.
 */
export function readDepthAnythingConfig(json: Json): DepthAnythingConfig {
  refuse("a Depth Anything", json, "model_type", ["depth_anything"]);
  refuse("a Depth Anything", json, "depth_estimation_type", ["relative", "metric"]);
  const backbone = readDinov2Config((json.backbone_config as Json | null | undefined) ?? SMALL);
  return {
    backbone,
    patchSize: number(json, "patch_size", 14),
    reassembleFactors: numbers(json, "reassemble_factors", [4, 2, 1, 0.5]),
    neckHiddenSizes: numbers(json, "neck_hidden_sizes", [48, 96, 192, 384]),
    fusionHiddenSize: number(json, "fusion_hidden_size", 64),
    headInIndex: number(json, "head_in_index", -1),
    headHiddenSize: number(json, "head_hidden_size", 32),
    metric: text(json, "depth_estimation_type", "relative") === "metric",
    maxDepth: number(json, "max_depth", 1),
  };
}

/** What stands for a backbone that is not told. */
const SMALL: Json = {
  ...{ image_size: 518, hidden_size: 384, num_attention_heads: 6 },
  ...{ out_indices: [9, 10, 11, 12], reshape_hidden_states: false },
};

function readDinov2Config(json: Json): Dinov2Config {
  refuse("a Depth Anything", json, "model_type", ["dinov2"]);
  refuse("a DINOv2", json, "use_swiglu_ffn", [false]);
  refuse("a DINOv2", json, "reshape_hidden_states", [false]);
  const hiddenSize = number(json, "hidden_size", 768);
  const layers = number(json, "num_hidden_layers", 12);
  return {
    ...{ hiddenSize, layers },
    intermediateSize: Math.floor(hiddenSize * number(json, "mlp_ratio", 4)),
    heads: number(json, "num_attention_heads", 12),
    act: text(json, "hidden_act", "gelu"),
    eps: number(json, "layer_norm_eps", 1e-6),
    channels: number(json, "num_channels", 3),
    imageSize: number(json, "image_size", 224),
    patchSize: number(json, "patch_size", 14),
    outIndices: numbers(json, "out_indices", [layers]).map((i) => (i < 0 ? layers + 1 + i : i)),
    applyLayernorm: flag(json, "apply_layernorm", true),
  };
}
