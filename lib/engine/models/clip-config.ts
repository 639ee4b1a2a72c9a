import type { ClipEncoderSize } from "./clip-encoder";
import { type Json, number, refuse, text } from "./config-fields";

export interface ClipTextConfig extends ClipEncoderSize {
  readonly vocabSize: number;
  readonly maxPositions: number;
  readonly projectionDim: number;
  readonly eosTokenId: number;
}

export interface ClipVisionConfig extends ClipEncoderSize {
  readonly channels: number;
  /** Pixels; the picture is square. */
  readonly imageSize: number;
  readonly patchSize: number;
  readonly projectionDim: number;
}

/**
 * Reads the config.json of a CLIPTextModel (with projection or without), or of a whole CLIPModel.
 * @throws EngineError weights_unknown for a variant that the engine does not draw, naming it.
 */
export function readClipTextConfig(json: Json): ClipTextConfig {
  const own = tower(json, "text_config");
  refuse("a CLIP", json, "model_type", ["clip", "clip_text_model"]);
  return {
    ...encoderSize(own, { hiddenSize: 512, intermediateSize: 2048, heads: 8 }),
    vocabSize: number(own, "vocab_size", 49408),
    maxPositions: number(own, "max_position_embeddings", 77),
    projectionDim: number(json, "projection_dim", number(own, "projection_dim", 512)),
    eosTokenId: number(own, "eos_token_id", 49407),
  };
}

/**
 * Reads the config.json of a CLIPVisionModel (with projection or without), or of a whole CLIPModel.
 * @throws EngineError weights_unknown for a variant that the engine does not draw, naming it.
 */
export function readClipVisionConfig(json: Json): ClipVisionConfig {
  const own = tower(json, "vision_config");
  refuse("a CLIP", json, "model_type", ["clip", "clip_vision_model"]);
  return {
    ...encoderSize(own, { hiddenSize: 768, intermediateSize: 3072, heads: 12 }),
    channels: number(own, "num_channels", 3),
    imageSize: number(own, "image_size", 224),
    patchSize: number(own, "patch_size", 32),
    projectionDim: number(json, "projection_dim", number(own, "projection_dim", 512)),
  };
}

/** One tower's fields. Older files repeat some of them under `…_dict`, which then count. */
const tower = (json: Json, name: string): Json =>
  name in json ? { ...(json[name] as Json), ...(json[`${name}_dict`] as Json | null) } : json;

const encoderSize = (
  json: Json,
  defaults: Pick<ClipEncoderSize, "hiddenSize" | "intermediateSize" | "heads">,
): ClipEncoderSize => ({
  hiddenSize: number(json, "hidden_size", defaults.hiddenSize),
  intermediateSize: number(json, "intermediate_size", defaults.intermediateSize),
  layers: number(json, "num_hidden_layers", 12),
  heads: number(json, "num_attention_heads", defaults.heads),
  act: text(json, "hidden_act", "quick_gelu"),
  eps: number(json, "layer_norm_eps", 1e-5),
});
