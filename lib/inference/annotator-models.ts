import { annotatorMissing, type ModelAnnotatorName } from "../engine/annotators/annotate";
import { EngineError } from "../engine/engine-error";
import { listModels, resolveModel } from "./model-files";
import { recogniseModel } from "./recognise-model";

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
    const { kind } = await recogniseModel(path);
    if (kind === annotator) return path;
    if (kind !== "depth" && kind !== "pose")
      throw new EngineError("weights_unknown", `${path} is a ${kind}, not an annotator`, {
        ...{ file: path, seen: kind },
      });
  }
  for (const { path } of await listModels("annotator")) {
    // What is damaged or strange there is told by who asks for it.
    const seen = await recogniseModel(path).catch(() => null);
    if (seen?.kind === annotator) return path;
  }
  throw annotatorMissing(annotator);
}
