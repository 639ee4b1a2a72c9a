import { stat } from "node:fs/promises";
import { annotatorMissing, type ModelAnnotatorName } from "../engine/annotators/annotate";
import { EngineError } from "../engine/engine-error";
import { openPartFolder } from "../engine/layouts/open-part-folder";
import { type Kind, recognise } from "../engine/layouts/recognise";
import { openSafetensors } from "../engine/safetensors/open-safetensors";
import { listModels, resolveModel } from "./model-files";

/**
 * The model of an annotator that is a network: the first of its kind among those named, else among those installed.
 * @param named paths or names, of whichever annotator.
 * @returns an absolute path.
 * @throws EngineError annotator_missing, saying what to install · weights_missing or weights_unknown for one that is
 *   named and is not there, or no annotator's.
 */
export async function findAnnotatorModel(
  annotator: ModelAnnotatorName,
  named: readonly string[] = [],
): Promise<string> {
  for (const name of named) {
    const path = await resolveModel(name, "annotator");
    const kind = await kindOf(path);
    if (kind === annotator) return path;
    if (kind !== "depth" && kind !== "pose")
      throw new EngineError("weights_unknown", `${path} is a ${kind}, not an annotator`, {
        ...{ file: path, seen: kind },
      });
  }
  for (const { path } of await listModels("annotator")) {
    // What is damaged or strange there is told by who asks for it.
    const kind = await kindOf(path).catch(() => null);
    if (kind === annotator) return path;
  }
  throw annotatorMissing(annotator);
}

/** What a file or a transformers folder is. */
async function kindOf(path: string): Promise<Kind> {
  if (!(await stat(path)).isDirectory()) return recognise(await openSafetensors(path)).kind;
  const { weights: tensors } = await openPartFolder(path);
  return recognise({ path, sizeBytes: 0, tensors, metadata: {} }).kind;
}
