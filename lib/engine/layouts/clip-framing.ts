import type { ClipFraming } from "../annotators/clip-picture";
import { type Json, number } from "../models/config-fields";
import type { Config } from "./checkpoint";

/**
 * How a CLIP frames pictures, as preprocessor_config.json says it: objects, or numbers alone in early files.
 * @param otherwise pixels, for what it does not say.
 */
export function readClipFraming(preprocessor: Config | null, otherwise: number): ClipFraming {
  const side = (value: unknown, keys: readonly string[]): number => {
    if (typeof value === "number") return value;
    for (const key of keys) {
      const found = number((value ?? {}) as Json, key, 0);
      if (found > 0) return found;
    }
    return otherwise;
  };
  return {
    shortestEdge: side(preprocessor?.size, ["shortest_edge", "height"]),
    crop: side(preprocessor?.crop_size, ["height"]),
  };
}
