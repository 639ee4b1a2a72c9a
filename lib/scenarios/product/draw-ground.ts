import { type LivePreview, watched } from "@/lib/drawing/live-preview";
import type { Easel } from "@/lib/drawing/open-easel";
import type { Picture } from "@/lib/engine/picture";
import { enlargeGround } from "./enlarge-ground";
import { drawnSize, groundRatio, partOf } from "./ground-shape";
import type { ProductInput } from "./product.job";
import { PRODUCT_SIZES } from "./product-sizes.input";

export interface ProductTools {
  readonly signal: AbortSignal;
  /** 0 … 1 */
  readonly onProgress: (part: number) => void;
  /** Sees every pass as it is drawn. */
  readonly preview?: LivePreview;
}

export interface GroundWish extends Pick<ProductInput, "prompt" | "sizes" | "set"> {
  readonly seed: number;
}

/** The place in which a thing is set, drawn once for all sizes of a set: what shops show side by side is one place. */
export async function drawGround(
  easel: Easel,
  { prompt, seed, sizes, set }: GroundWish,
  { signal, onProgress, preview }: ProductTools,
): Promise<Picture> {
  const shapes = [...sizes, ...set].map((name) => PRODUCT_SIZES[name]);
  const size = drawnSize(easel.side, groundRatio(shapes));
  const { picture } = await easel.draw(
    { prompt, seed, ...size },
    { signal, ...watched(preview, ({ step, of }) => onProgress((0.8 * step) / of)) },
  );
  // As large as the size that takes the smallest part of it needs.
  const stretch = Math.max(...shapes.map((shape) => shape.width / partOf(picture, shape).width));
  return (await enlargeGround(easel, picture, stretch * picture.width, signal)).picture;
}
