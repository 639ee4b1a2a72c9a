import { IMAGENET, type Normalization } from "../annotators/network-picture";
import type { Config } from "../layouts/checkpoint";
import { type Json, numbers } from "../models/config-fields";

export interface Preprocessor extends Normalization {
  /** Pixels; null where it is not told. */
  readonly size: { readonly width: number; readonly height: number } | null;
}

/** What a preprocessor_config.json says; ImageNet's mean and deviation where it does not. */
export function readPreprocessor(json: Config | null): Preprocessor {
  const size = json?.size as Json | undefined;
  const [width, height] = [size?.width, size?.height];
  return {
    mean: numbers(json ?? {}, "image_mean", IMAGENET.mean),
    std: numbers(json ?? {}, "image_std", IMAGENET.std),
    size: typeof width === "number" && typeof height === "number" ? { width, height } : null,
  };
}
