import { stat } from "node:fs/promises";
import { openPartFolder } from "../engine/layouts/open-part-folder";
import { type Recognition, recognise } from "../engine/layouts/recognise";
import { openSafetensors } from "../engine/safetensors/open-safetensors";

/**
 * What an installed model is: a .safetensors file, or a folder in transformers' layout or one part of diffusers'.
 * @param path absolute.
 * @throws EngineError weights_unknown, weights_missing, weights_damaged, weights_pickle
 */
export async function recogniseModel(path: string): Promise<Recognition> {
  if (!(await stat(path)).isDirectory()) return recognise(await openSafetensors(path));
  const { weights: tensors } = await openPartFolder(path);
  return recognise({ path, sizeBytes: 0, tensors, metadata: {} });
}
