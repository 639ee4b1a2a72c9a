import type { ClipEncoderSize } from "./clip-encoder";
import { type Json, number, refuse, text } from "./config-fields";

export interface SiglipTextConfig extends ClipEncoderSize {
  readonly vocabSize: number;
  /** Texts are padded to this length: the model pools the last position, whatever token it holds. */
  readonly maxPositions: number;
  readonly projectionSize: number;
}

export interface SiglipVisionConfig extends ClipEncoderSize {
  readonly channels: number;
  /** Pixels; the picture is square. */
  readonly imageSize: number;
  readonly patchSize: number;
}

/**
 * Reads the config.json of a SiglipTextModel or of a whole SiglipModel; SigLIP 2 at a fixed size is one.
 * @throws EngineError weights_unknown for a variant that the engine does not draw, naming it: SigLIP 2's NaFlex.
 */
export function readSiglipTextConfig(json: Json): SiglipTextConfig {
  refuse("a SigLIP", json, "model_type", ["siglip", "siglip_text_model"]);
  const own = (json.text_config as Json | undefined) ?? json;
  const size = encoderSize(own);
  return {
    ...size,
    vocabSize: number(own, "vocab_size", 32000),
    maxPositions: number(own, "max_position_embeddings", 64),
    projectionSize: number(own, "projection_size", size.hiddenSize),
  };
}

/** As {@link readSiglipTextConfig}, of the other tower. */
export function readSiglipVisionConfig(json: Json): SiglipVisionConfig {
  refuse("a SigLIP", json, "model_type", ["siglip", "siglip_vision_model"]);
  const own = (json.vision_config as Json | undefined) ?? json;
  refuse("a SigLIP", own, "vision_use_head", [true]);
  return {
    ...encoderSize(own),
    channels: number(own, "num_channels", 3),
    imageSize: number(own, "image_size", 224),
    patchSize: number(own, "patch_size", 16),
  };
}

const encoderSize = (json: Json): ClipEncoderSize => ({
  hiddenSize: number(json, "hidden_size", 768),
  intermediateSize: number(json, "intermediate_size", 3072),
  layers: number(json, "num_hidden_layers", 12),
  heads: number(json, "num_attention_heads", 12),
  act: text(json, "hidden_act", "gelu_pytorch_tanh"),
  eps: number(json, "layer_norm_eps", 1e-6),
});
