import type { Picture } from "../engine/picture";
import { infer } from "../inference/client";
import { findModel, type ModelFile } from "../inference/model-files";
import { resizePicture } from "../photos/resize-picture";
import type { Drawn, Easel } from "./open-easel";

/** A picture that is worth looking at on a screen has at least so many pixels on its longer side. */
const LEAST_SIDE_PX = 448;
/** Of less a filter makes as much. */
const LEAST_GROWTH = 1.2;

export interface Enlarged {
  readonly picture: Picture;
  /** How many times as wide and high it became; 1 where it was left as it was. */
  readonly scale: number;
  /** Name of the upscaler; null where it was left. */
  readonly upscaler: string | null;
}

/** The upscaler that goes with a model; null where there is none. @throws EngineError weights_missing */
export async function companionUpscaler({ companions: { upscaler } }: Easel): Promise<ModelFile | null> {
  return upscaler === undefined ? null : { name: upscaler, path: await findModel(upscaler, "upscaler") };
}

/**
 * Makes a drawing of a small model large enough to be looked at, by the upscaler that goes with the model. One that is
 * large enough, or whose model has none, stays.
 */
export async function enlarge(easel: Easel, picture: Picture, signal: AbortSignal): Promise<Enlarged> {
  const isLarge = Math.max(picture.width, picture.height) >= LEAST_SIDE_PX;
  const upscaler = isLarge ? null : await companionUpscaler(easel);
  if (upscaler === null) return { picture, scale: 1, upscaler: null };
  const { picture: large, scale } = await infer("upscale", { model: upscaler.path, picture }, { signal });
  return { picture: large, scale, upscaler: upscaler.name };
}

/**
 * A picture in another size: by a model that knows how lines go on where it becomes much larger, the rest by a filter.
 * @param upscaler absolute path; null: a filter alone. @throws what `infer` throws
 */
export async function growTo(
  picture: Picture,
  { width, height }: { readonly width: number; readonly height: number },
  upscaler: string | null,
  signal: AbortSignal,
): Promise<Picture> {
  const grows = Math.max(width / picture.width, height / picture.height) > LEAST_GROWTH;
  const larger =
    upscaler === null || !grows
      ? picture
      : (await infer("upscale", { model: upscaler, picture }, { signal })).picture;
  return resizePicture(larger, width, height);
}

/** A whole drawing: upscalers take a style's two colours and squares for stairs, so it is finished anew when it is large. */
export async function enlargeDrawn(
  easel: Easel,
  { picture, unfinished }: Drawn,
  signal: AbortSignal,
): Promise<Enlarged> {
  if (!unfinished) return enlarge(easel, picture, signal);
  const large = await enlarge(easel, unfinished.picture, signal);
  return { ...large, picture: unfinished.finish(large.picture) };
}
