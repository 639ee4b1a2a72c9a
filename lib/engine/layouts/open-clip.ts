import path from "node:path";
import { EngineError } from "../engine-error";
import { openSafetensors, type SafetensorsFile } from "../safetensors/open-safetensors";
import type { ClipPart, Config, ModelPart } from "./checkpoint";
import { type ClipActivation, inferTextConfig, inferVisionConfig, modernClipWeights } from "./clip-config";
import { isFolder } from "./open-checkpoint";
import { openClipTextKeyMap, openClipVisionKeyMap, splitFused } from "./open-clip-keys";
import { findTokenizerFiles, openPartFolder, readConfigIfThere } from "./open-part-folder";
import { recognise } from "./recognise";
import { countModules, renameToDiffusers } from "./select-weights";

/**
 * A CLIP or SigLIP, text, vision or both: a transformers folder, or a .safetensors file (OpenCLIP's names too), whose
 * config.json, tokenizer and preprocessor are looked for beside it.
 * @throws EngineError weights_missing, weights_pickle, weights_damaged, weights_key_missing; weights_unknown, also
 *   for a SigLIP without config.json, whose heads and patches the weights do not tell.
 */
export async function openClip(source: string): Promise<ClipPart> {
  const absolute = path.resolve(source);
  const isWhole = await isFolder(absolute);
  const folder = isWhole ? absolute : path.dirname(absolute);
  const part = isWhole ? await openPartFolder(folder) : await clipOf(await openSafetensors(absolute), folder);
  const type = String(part.config.model_type ?? "");
  return {
    kind: type.startsWith("siglip") || part.weights.has("logit_bias") ? "siglip" : "clip",
    config: part.config,
    weights: modernClipWeights(part.weights),
    tokenizerFiles: await findTokenizerFiles(folder),
    preprocessor: await readConfigIfThere(path.join(folder, "preprocessor_config.json")),
  };
}

async function clipOf(file: SafetensorsFile, folder: string): Promise<ModelPart> {
  const { kind, naming } = recognise(file);
  const unknown = (message: string) =>
    new EngineError("weights_unknown", `${file.path} ${message}`, { file: file.path, seen: kind });
  if (kind !== "clip" && kind !== "siglip") throw unknown(`is a ${kind}, not a CLIP`);
  if (naming === "open-clip") return openClipPart(file);
  const config = await readConfigIfThere(path.join(folder, "config.json"));
  if (config) return { config, weights: file.tensors };
  if (kind === "siglip") throw unknown("is a SigLIP and needs its config.json beside it");
  const weights = modernClipWeights(file.tensors);
  return { config: inferClipConfig(weights, "quick_gelu"), weights };
}

function openClipPart(file: SafetensorsFile): ModelPart {
  const split = splitFused(file.tensors);
  const text = openClipTextKeyMap(countModules(split, "transformer.resblocks."));
  const vision = openClipVisionKeyMap(countModules(split, "visual.transformer.resblocks."));
  const weights = new Map([...renameToDiffusers(split, text), ...renameToDiffusers(split, vision)]);
  const scale = split.get("logit_scale");
  if (scale) weights.set("logit_scale", scale);
  return { config: inferClipConfig(weights, "gelu"), weights };
}

/** As transformers nests it: `text_config` and `vision_config`, each where it has weights. */
function inferClipConfig(weights: ModelPart["weights"], activation: ClipActivation): Config {
  const text = weights.has("text_model.embeddings.token_embedding.weight");
  const vision = weights.has("vision_model.embeddings.patch_embedding.weight");
  return {
    model_type: "clip",
    ...(text && { text_config: inferTextConfig(weights, activation) }),
    ...(vision && { vision_config: inferVisionConfig(weights, activation) }),
  };
}
