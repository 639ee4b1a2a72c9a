import { stat } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../engine-error";
import { openSafetensors } from "../safetensors/open-safetensors";
import type { Checkpoint } from "./checkpoint";
import { openDiffusersFolder } from "./open-diffusers-folder";
import { openSingleFile } from "./open-single-file";
import type { PredictionType } from "./scheduler-config";

export interface OpenCheckpointOptions {
  /** What the UNet predicts, where the caller knows better than the files say (SD 2's single files do not). */
  readonly prediction?: PredictionType;
}

/**
 * A Stable Diffusion model as it was downloaded: a diffusers folder or one .safetensors file. Reads names and shapes;
 * the weights stay where they are.
 * @throws EngineError weights_missing, weights_pickle, weights_damaged, weights_unknown, weights_key_missing.
 */
export async function openCheckpoint(
  source: string,
  { prediction }: OpenCheckpointOptions = {},
): Promise<Checkpoint> {
  const absolute = path.resolve(source);
  if (!(await isFolder(absolute))) return openSingleFile(await openSafetensors(absolute), prediction);
  const checkpoint = await openDiffusersFolder(absolute);
  if (!prediction) return checkpoint;
  return { ...checkpoint, scheduler: { ...checkpoint.scheduler, prediction_type: prediction } };
}

/** @throws EngineError weights_missing where there is nothing at all. */
export async function isFolder(source: string): Promise<boolean> {
  try {
    return (await stat(source)).isDirectory();
  } catch (cause) {
    throw new EngineError("weights_missing", `${source} is not there`, { file: source }, { cause });
  }
}
