import { type Json, number, numbers, refuse, text } from "./config-fields";
import type { VitSize } from "./vit-attention";

export interface VitPoseBackboneConfig extends VitSize {
  readonly channels: number;
  /** Pixels. */
  readonly imageHeight: number;
  readonly imageWidth: number;
  readonly patchSize: number;
  /** The patches' grid. */
  readonly rows: number;
  readonly columns: number;
  /** How many layers are gone through. */
  readonly outIndex: number;
}

export interface VitPoseConfig {
  readonly backbone: VitPoseBackboneConfig;
  readonly keypoints: number;
  readonly simpleDecoder: boolean;
  /** How many times as large as the patches' grid the simple decoder's heatmaps are. */
  readonly scaleFactor: number;
}

/**
 * Reads the config.json of a VitPoseForPoseEstimation.
 * @param keypoints as many as the weights have: the file tells them by their labels alone.
 * @throws EngineError weights_unknown for a variant that the engine does not draw, naming it: ViTPose+ with its experts.
 */
export function readVitPoseConfig(json: Json, keypoints: number): VitPoseConfig {
  refuse("a ViTPose", json, "model_type", ["vitpose"]);
  const { use_simple_decoder: simple } = json;
  return {
    backbone: readBackboneConfig((json.backbone_config as Json | null | undefined) ?? {}),
    keypoints,
    simpleDecoder: simple === undefined || simple === true,
    scaleFactor: number(json, "scale_factor", 4),
  };
}

function readBackboneConfig(json: Json): VitPoseBackboneConfig {
  refuse("a ViTPose", json, "model_type", ["vitpose_backbone"]);
  refuse("a ViTPose", json, "num_experts", [1]);
  const [imageHeight = 0, imageWidth = 0] = numbers(json, "image_size", [256, 192]);
  const patch = json.patch_size ?? 16;
  const patchSize = Array.isArray(patch) ? (patch[0] as number) : (patch as number);
  const hiddenSize = number(json, "hidden_size", 768);
  const layers = number(json, "num_hidden_layers", 12);
  const last = numbers(json, "out_indices", [layers]).at(-1)!;
  return {
    ...{ hiddenSize, layers, imageHeight, imageWidth, patchSize },
    intermediateSize: Math.floor(hiddenSize * number(json, "mlp_ratio", 4)),
    heads: number(json, "num_attention_heads", 12),
    act: text(json, "hidden_act", "gelu"),
    eps: number(json, "layer_norm_eps", 1e-12),
    channels: number(json, "num_channels", 3),
    rows: Math.floor(imageHeight / patchSize),
    columns: Math.floor(imageWidth / patchSize),
    outIndex: last < 0 ? layers + 1 + last : last,
  };
}
