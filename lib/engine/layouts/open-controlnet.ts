import path from "node:path";
import { EngineError } from "../engine-error";
import { openSafetensors, type SafetensorsFile } from "../safetensors/open-safetensors";
import type { ModelPart } from "./checkpoint";
import { isFolder } from "./open-checkpoint";
import { openPartFolder } from "./open-part-folder";
import { recognise } from "./recognise";
import { below, countModules, renameToDiffusers } from "./select-weights";
import { inferControlNetConfig, readUNetLayout } from "./unet-config";
import { controlNetKeyMap } from "./unet-keys";

/**
 * A ControlNet: a diffusers folder, or a .safetensors file under its original names (with `control_model.` or without)
 * or diffusers'.
 * @throws EngineError weights_missing, weights_pickle, weights_damaged, weights_unknown, weights_key_missing.
 */
export async function openControlNet(source: string): Promise<ModelPart> {
  const absolute = path.resolve(source);
  if (await isFolder(absolute)) return openPartFolder(absolute);
  return controlNetOf(await openSafetensors(absolute));
}

/** A ControlNet in an opened file. */
export function controlNetOf(file: SafetensorsFile): ModelPart {
  const { kind, naming, prefix } = recognise(file);
  if (kind !== "controlnet")
    throw new EngineError("weights_unknown", `${file.path} is a ${kind}, not a ControlNet`, {
      file: file.path,
      seen: kind,
    });
  const own = below(file.tensors, prefix);
  // Every second place is an activation, and the first and last convolution are no blocks.
  const hintBlocks = (countModules(own, "input_hint_block.") - 1) / 2 - 1;
  const weights =
    naming === "ldm" ? renameToDiffusers(own, controlNetKeyMap(readUNetLayout(own), hintBlocks)) : own;
  return { config: inferControlNetConfig(weights), weights };
}
