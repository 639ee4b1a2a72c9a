import type { Picture } from "../engine/picture";
import { AppError } from "../errors";
import { resizePicture } from "../photos/resize-picture";
import { growTo } from "./enlarge";
import { cutRegion, type PaintedPart, paintedPart, pasteBack, regionOn } from "./painted-part";

/** A picture of which only a part is drawn anew. */
export interface Rest {
  readonly source: Picture;
  readonly part: PaintedPart;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * @param mask of the source's size. @param side pixels that the model draws best.
 * @param size that the part is drawn at; null: its own shape at the model's size.
 * @throws AppError mask_empty where nothing is painted.
 */
export function restOf(source: Picture, mask: Picture, side: number, size: Size | null = null): Rest {
  const part = paintedPart(mask, side, size);
  if (!part) throw new AppError("mask_empty");
  return { source, part };
}

/**
 * What the painted part alone is drawn from, to the letter of a size: cut to it, it would not fit back into its place. What
 * it follows is cut like the picture itself.
 */
export async function cutForPart<C extends { readonly picture: Picture }>(
  { source, part: { region, matte } }: Rest,
  { width, height }: Size,
  controls: readonly C[],
): Promise<{ init: Picture; mask: Picture; controls: C[] }> {
  const fitted = (picture: Picture) => resizePicture(picture, width, height);
  // Half of what is faded is drawn anew: at the mask's own edge there shall be nothing left of what was painted over.
  const mask = Uint8ClampedArray.from({ length: 3 * matte.data.length }, (_, i) =>
    matte.data[(i / 3) | 0]! < 128 ? 0 : 255,
  );
  return {
    init: await fitted(cutRegion(source, region)),
    mask: await fitted({ width: region.width, height: region.height, data: mask }),
    controls: await Promise.all(
      controls.map(async (control) => ({
        ...control,
        picture: await fitted(cutRegion(control.picture, regionOn(control.picture, source, region))),
      })),
    ),
  };
}

/**
 * The picture with what was drawn in it, of its own size: all else is what it was, to the byte.
 * @param drawn of any size, in the region's shape. @param upscaler absolute path; null: a filter alone.
 */
export async function putBack(
  { source, part }: Rest,
  drawn: Picture,
  upscaler: string | null,
  { signal, finish = (fitted) => fitted }: { signal: AbortSignal; finish?: (fitted: Picture) => Picture },
): Promise<Picture> {
  return pasteBack(source, part, finish(await growTo(drawn, part.region, upscaler, signal)));
}
