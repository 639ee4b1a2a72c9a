import { EngineError } from "../engine-error";
import { openSafetensors } from "../safetensors/open-safetensors";
import type { Weights } from "../safetensors/stored-tensor";
import { esrganKeyMap, readEsrganLayout } from "./esrgan-keys";
import { recognise } from "./recognise";
import { below, renameToDiffusers } from "./select-weights";

export interface UpscalerPart {
  readonly network: "RRDBNet" | "SRVGGNetCompact";
  /** Under BasicSR's names. */
  readonly weights: Weights;
}

/**
 * A Real-ESRGAN or ESRGAN upscaler as it was downloaded, in BasicSR's names or the original ones.
 * @throws EngineError weights_unknown for other files and for variants with layers of their own · as openSafetensors.
 */
export async function openUpscalerFile(source: string): Promise<UpscalerPart> {
  const file = await openSafetensors(source);
  const { kind, naming, prefix, facts } = recognise(file);
  if (kind !== "upscaler")
    throw new EngineError("weights_unknown", `${source} is a ${kind} in ${naming} names, not an upscaler`, {
      ...{ file: source, seen: `${kind} (${naming})` },
    });
  const own = below(file.tensors, prefix);
  const network = facts.network === "RRDBNet" ? "RRDBNet" : "SRVGGNetCompact";
  return { network, weights: naming === "esrgan" ? fromEsrgan(source, own) : own };
}

function fromEsrgan(source: string, own: Weights): Weights {
  const map = esrganKeyMap(readEsrganLayout(own));
  const stray = [...own.keys()].find((key) => map.toDiffusers(key) === null);
  // A layer left out would not be missed, but the picture would be another.
  if (stray !== undefined)
    throw new EngineError("weights_unknown", `${source}: ESRGAN with ${stray} is not supported`, {
      ...{ file: source, layer: stray, got: "" },
    });
  return renameToDiffusers(own, map);
}
