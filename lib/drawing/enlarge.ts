import type { Picture } from "../engine/picture";
import { infer } from "../inference/client";
import { findModel } from "../inference/model-files";
import type { Drawn, Easel } from "./open-easel";

/** A picture that is worth looking at on a screen has at least so many pixels on its longer side. */
const LEAST_SIDE_PX = 448;

export interface Enlarged {
  readonly picture: Picture;
  /** How many times as wide and high it became; 1 where it was left as it was. */
  readonly scale: number;
  /** Name of the upscaler; null where it was left. */
  readonly upscaler: string | null;
}

/**
 * Makes a drawing of a small model large enough to be looked at, by the upscaler that goes with the model. One that is
 * large enough, or whose model has none, stays.
 */
export async function enlarge(easel: Easel, picture: Picture, signal: AbortSignal): Promise<Enlarged> {
  const { upscaler } = easel.companions;
  if (upscaler === undefined || Math.max(picture.width, picture.height) >= LEAST_SIDE_PX)
    return { picture, scale: 1, upscaler: null };
  const model = await findModel(upscaler, "upscaler");
  const { picture: large, scale } = await infer("upscale", { model, picture }, { signal });
  return { picture: large, scale, upscaler };
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
