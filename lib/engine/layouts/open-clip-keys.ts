import { EngineError } from "../engine-error";
import type { StoredTensor, Weights } from "../safetensors/stored-tensor";
import { type KeyMap, keyMap, type PathPairs, under } from "./key-map";

const LAYER: PathPairs = [
  ["layer_norm1", "ln_1"],
  ["layer_norm2", "ln_2"],
  ["self_attn", "attn"],
  ["mlp.fc1", "mlp.c_fc"],
  ["mlp.fc2", "mlp.c_proj"],
];

const layersOf = (diffusers: string, ldm: string, layers: number): PathPairs =>
  Array.from({ length: layers }, (_, i) => under(`${diffusers}.${i}`, `${ldm}.${i}`, LAYER)).flat();

/**
 * Names of transformers' CLIPTextModelWithProjection ↔ names of OpenCLIP's text tower, whose fused `in_proj` has been
 * split by `splitFused`.
 * @source https://github.com/mlfoundations/open_clip/blob/main/src/open_clip/model.py (`TextTransformer`, `CLIP`)
 */
export const openClipTextKeyMap = (layers: number): KeyMap =>
  keyMap([
    ["text_model.embeddings.token_embedding", "token_embedding"],
    ["text_model.embeddings.position_embedding.weight", "positional_embedding"],
    ...layersOf("text_model.encoder.layers", "transformer.resblocks", layers),
    ["text_model.final_layer_norm", "ln_final"],
    ["text_projection.weight", "text_projection"],
  ]);

/** Names of transformers' CLIPVisionModelWithProjection ↔ names of OpenCLIP's and OpenAI's vision tower. */
export const openClipVisionKeyMap = (layers: number): KeyMap =>
  keyMap([
    ["vision_model.embeddings.class_embedding", "visual.class_embedding"],
    ["vision_model.embeddings.position_embedding.weight", "visual.positional_embedding"],
    ["vision_model.embeddings.patch_embedding", "visual.conv1"],
    // Spelt so in transformers.
    ["vision_model.pre_layrnorm", "visual.ln_pre"],
    ...layersOf("vision_model.encoder.layers", "visual.transformer.resblocks", layers),
    ["vision_model.post_layernorm", "visual.ln_post"],
    ["visual_projection.weight", "visual.proj"],
  ]);

/**
 * OpenCLIP's weights with every fused `attn.in_proj_weight` and `in_proj_bias` replaced by the q, k and v that lie in
 * it one after another, and its projections (kept [in, out]) marked transposed. The bytes stay where they are.
 * @throws EngineError weights_shape_mismatch where the rows of one are no three parts.
 */
export function splitFused(weights: Weights): Weights {
  const split = new Map<string, StoredTensor>();
  for (const [key, stored] of weights) {
    const fused = /^(.*\.attn)\.in_proj_(weight|bias)$/.exec(key);
    if (fused)
      ["q_proj", "k_proj", "v_proj"].forEach((name, i) => {
        split.set(`${fused[1]}.${name}.${fused[2]}`, third(stored, i));
      });
    else if (key === "text_projection" || key === "visual.proj") split.set(key, transposed(stored));
    else split.set(key, stored);
  }
  return split;
}

function third(stored: StoredTensor, i: number): StoredTensor {
  const [rows = 0, ...rest] = stored.shape;
  if (rows % 3 !== 0)
    throw new EngineError("weights_shape_mismatch", `${stored.key}: ${rows} rows are not a q, a k and a v`, {
      layer: stored.key,
      file: stored.file,
      got: rows,
    });
  const byteLength = stored.byteLength / 3;
  return { ...stored, shape: [rows / 3, ...rest], offset: stored.offset + i * byteLength, byteLength };
}

const transposed = (stored: StoredTensor): StoredTensor => ({
  ...stored,
  shape: stored.shape.toReversed(),
  transposed: !stored.transposed,
});
