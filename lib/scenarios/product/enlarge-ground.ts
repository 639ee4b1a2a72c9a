import { chooseUpscaler } from "@/lib/drawing/choose-upscaler";
import { type Enlarged, enlarge } from "@/lib/drawing/enlarge";
import type { Easel } from "@/lib/drawing/open-easel";
import type { Picture } from "@/lib/engine/picture";
import { infer } from "@/lib/inference/client";
import { CRISP } from "./finish-product";

/**
 * A ground for a picture of that width: by the upscaler that goes with the model, else, where a filter would have to stretch
 * it beyond what stays crisp, by the best that is here.
 * @throws those of `chooseUpscaler`, and what `infer` throws.
 */
export async function enlargeGround(
  easel: Easel,
  picture: Picture,
  width: number,
  signal: AbortSignal,
): Promise<Enlarged> {
  if (easel.companions.upscaler !== undefined) return enlarge(easel, picture, signal);
  if (width <= picture.width * CRISP) return { picture, scale: 1, upscaler: null };
  const { name, path } = await chooseUpscaler(null);
  const { picture: large, scale } = await infer("upscale", { model: path, picture }, { signal });
  return { picture: large, scale, upscaler: name };
}
