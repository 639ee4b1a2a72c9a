import path from "node:path";
import { EngineError } from "../engine-error";
import { openSafetensors } from "../safetensors/open-safetensors";
import type { Config, ModelPart } from "./checkpoint";
import { isFolder } from "./open-checkpoint";
import { openPartFolder, readConfig, readConfigIfThere } from "./open-part-folder";
import { type Kind, recognise } from "./recognise";

/** A network that makes hints for ControlNets. */
export interface AnnotatorPart extends ModelPart {
  /** preprocessor_config.json: how a picture is resized and normalised; null where there is none. */
  readonly preprocessor: Config | null;
}

/**
 * A model in transformers' layout: a folder, or the .safetensors file in it, beside its config.json.
 * @throws EngineError weights_unknown where it is of another kind · weights_missing, weights_pickle, weights_damaged.
 */
export async function openAnnotatorPart(
  source: string,
  kind: Extract<Kind, "depth" | "pose">,
): Promise<AnnotatorPart> {
  const absolute = path.resolve(source);
  const whole = await isFolder(absolute);
  const folder = whole ? absolute : path.dirname(absolute);
  const part = whole
    ? await openPartFolder(absolute)
    : {
        weights: (await openSafetensors(absolute)).tensors,
        config: await readConfig(path.join(folder, "config.json")),
      };
  const seen = recognise({ path: absolute, sizeBytes: 0, tensors: part.weights, metadata: {} });
  if (seen.kind !== kind)
    throw new EngineError("weights_unknown", `${absolute} is a ${seen.kind}, not a ${kind} network`, {
      ...{ file: absolute, seen: seen.kind },
    });
  return { ...part, preprocessor: await readConfigIfThere(path.join(folder, "preprocessor_config.json")) };
}
