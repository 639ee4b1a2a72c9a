import { requireWeight } from "../safetensors/require-weight";
import type { StoredTensor, Weights } from "../safetensors/stored-tensor";
import type { Config } from "./checkpoint";
import { countModules } from "./select-weights";

/** Every CLIP there is has heads of this width. */
const HEAD_WIDTH = 64;

/** OpenAI's CLIP was trained with a sigmoid for a normal distribution; OpenCLIP with the real one. */
export type ClipActivation = "quick_gelu" | "gelu";

/**
 * config.json of a CLIPTextModel, from its weights alone.
 * @param weights  under transformers' names.
 * @throws EngineError weights_key_missing.
 */
export function inferTextConfig(weights: Weights, activation: ClipActivation): Config {
  const shapeOf = (key: string) => requireWeight(weights, `text_model.${key}`, "text encoder").shape;
  const [vocabulary, width] = shapeOf("embeddings.token_embedding.weight") as [number, number];
  const projection = weights.get("text_projection.weight")?.shape[0];
  return {
    vocab_size: vocabulary,
    hidden_size: width,
    intermediate_size: shapeOf("encoder.layers.0.mlp.fc1.weight")[0],
    num_hidden_layers: countModules(weights, "text_model.encoder.layers."),
    num_attention_heads: Math.max(1, Math.round(width / HEAD_WIDTH)),
    max_position_embeddings: shapeOf("embeddings.position_embedding.weight")[0],
    hidden_act: activation,
    layer_norm_eps: 1e-5,
    projection_dim: projection ?? width,
    bos_token_id: vocabulary - 2,
    eos_token_id: vocabulary - 1,
    pad_token_id: activation === "gelu" ? 0 : vocabulary - 1,
  };
}

/** config.json of a CLIPVisionModelWithProjection, from its weights alone. */
export function inferVisionConfig(weights: Weights, activation: ClipActivation): Config {
  const shapeOf = (key: string) => requireWeight(weights, `vision_model.${key}`, "vision encoder").shape;
  const [width, channels, patch] = shapeOf("embeddings.patch_embedding.weight") as [number, number, number];
  const positions = shapeOf("embeddings.position_embedding.weight")[0]!;
  const projection = weights.get("visual_projection.weight")?.shape[0];
  return {
    hidden_size: width,
    intermediate_size: shapeOf("encoder.layers.0.mlp.fc1.weight")[0],
    num_hidden_layers: countModules(weights, "vision_model.encoder.layers."),
    num_attention_heads: Math.max(1, Math.round(width / HEAD_WIDTH)),
    num_channels: channels,
    patch_size: patch,
    image_size: Math.round(Math.sqrt(positions - 1)) * patch,
    hidden_act: activation,
    layer_norm_eps: 1e-5,
    projection_dim: projection ?? width,
  };
}

/**
 * Towers on their own are kept with and without `text_model.` or `vision_model.` in front (transformers 5.6 left it
 * away), and with a list of positions that is no weight.
 */
export function modernClipWeights(weights: Weights): Weights {
  const tower = weights.has("embeddings.patch_embedding.weight") ? "vision_model" : "text_model";
  const modern = new Map<string, StoredTensor>();
  for (const [key, stored] of weights)
    if (!key.endsWith("position_ids")) modern.set(BARE.test(key) ? `${tower}.${key}` : key, stored);
  return modern;
}

const BARE = /^(?:embeddings|encoder|final_layer_norm|pre_layrnorm|post_layernorm|head)\./;
