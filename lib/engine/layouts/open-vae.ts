import path from "node:path";
import { openSafetensors } from "../safetensors/open-safetensors";
import type { Family, VaePart } from "./checkpoint";
import { isFolder } from "./open-checkpoint";
import { openVaeFolder } from "./open-diffusers-folder";
import { readConfigIfThere } from "./open-part-folder";
import { vaeOfSingleFile } from "./open-single-file";

/**
 * An autoencoder: a folder with its config.json, a whole diffusers folder, or a .safetensors file, TAESD or full, of
 * its own or in a checkpoint.
 * @param family  of the checkpoint it is for: a lone file does not tell by what its latents are scaled.
 * @throws EngineError weights_missing, weights_pickle, weights_damaged, weights_unknown, weights_key_missing.
 */
export async function openVae(source: string, family: Family | null = null): Promise<VaePart> {
  const absolute = path.resolve(source);
  if (!(await isFolder(absolute))) return vaeOfSingleFile(await openSafetensors(absolute), family);
  const whole = await readConfigIfThere(path.join(absolute, "model_index.json"));
  return openVaeFolder(whole ? path.join(absolute, "vae") : absolute);
}
