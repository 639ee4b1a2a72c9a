import path from "node:path";
import { EngineError } from "../engine-error";
import type { Checkpoint, Config, Family, ModelPart, VaePart } from "./checkpoint";
import { modernClipWeights } from "./clip-config";
import { findTokenizerFiles, openPartFolder, readConfig } from "./open-part-folder";
import { unetFamily } from "./recognise";
import { modernVaeWeights } from "./vae-config";

/**
 * A folder in diffusers' layout. Distilled networks differ by their config.json alone.
 * @param folder  absolute, with a model_index.json.
 * @throws EngineError weights_missing, weights_damaged, weights_pickle, or weights_unknown for another kind of pipeline.
 */
export async function openDiffusersFolder(folder: string): Promise<Checkpoint> {
  const index = await readConfig(path.join(folder, "model_index.json"));
  const has = (part: string) => Array.isArray(index[part]) && index[part][0] !== null;
  const at = (part: string) => path.join(folder, part);
  if (!has("unet"))
    throw new EngineError("weights_unknown", `${folder} is a ${index._class_name}, which has no unet`, {
      file: folder,
      seen: String(index._class_name),
    });
  const unet = await openPartFolder(at("unet"));
  const family = folderFamily(unet, has);
  const tokenizerOf = (part: string) => (has(part) ? findTokenizerFiles(at(part)) : null);
  return {
    family,
    source: folder,
    unet,
    vae: has("vae") ? await openVaeFolder(at("vae")) : null,
    textEncoder: has("text_encoder") ? await openTextEncoder(at("text_encoder")) : null,
    textEncoder2: has("text_encoder_2") ? await openTextEncoder(at("text_encoder_2")) : null,
    tokenizerFiles: await tokenizerOf("tokenizer"),
    tokenizerFiles2: await tokenizerOf("tokenizer_2"),
    emptyNegative: family === "sdxl" && index.force_zeros_for_empty_prompt !== false ? "zeros" : "encoded",
    scheduler: await readConfig(path.join(at("scheduler"), "scheduler_config.json")),
  };
}

/** An AutoencoderKL or AutoencoderTiny with its config.json. */
export async function openVaeFolder(folder: string): Promise<VaePart> {
  const { config, weights } = await openPartFolder(folder);
  const kind = config._class_name === "AutoencoderTiny" ? "tiny" : "kl";
  return { kind, config, weights: kind === "kl" ? modernVaeWeights(weights) : weights };
}

async function openTextEncoder(folder: string): Promise<ModelPart> {
  const { config, weights } = await openPartFolder(folder);
  return { config: textConfig(config), weights: modernClipWeights(weights) };
}

/** A whole CLIP's config.json keeps that of its text tower in a field. */
const textConfig = (config: Config): Config => ({ ...config, ...(config.text_config as Config | undefined) });

function folderFamily(unet: ModelPart, has: (part: string) => boolean): Family {
  // The refiner reads with SDXL's second encoder alone.
  if (has("text_encoder_2")) return has("text_encoder") ? "sdxl" : "sdxl-refiner";
  const family = unetFamily(unet.weights);
  return family === "sdxl-refiner" || family === "sdxl" || family === "sd2" ? family : "sd1";
}
