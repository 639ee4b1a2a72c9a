import { sizeLike } from "@/lib/drawing/drawing-size";
import { companionUpscaler, growTo } from "@/lib/drawing/enlarge";
import type { DrawingWish, Drawn, Easel } from "@/lib/drawing/open-easel";
import type { Picture } from "@/lib/engine/picture";
import { AppError } from "@/lib/errors";
import { resizePicture } from "@/lib/photos/resize-picture";
import { cutRegion, type PaintedPart, paintedPart, pasteBack, regionOn } from "./painted-part";

/** A picture of which only a part is drawn anew. */
export interface Rest {
  readonly source: Picture;
  readonly part: PaintedPart;
}

/**
 * @param mask of the source's size. @param side pixels that the model draws best.
 * @throws AppError input_invalid where nothing is painted.
 */
export function restOf(source: Picture, mask: Picture, side: number): Rest {
  const part = paintedPart(mask, side);
  if (!part) throw new AppError("input_invalid", { details: { field: "mask" } });
  return { source, part };
}

/**
 * The wish for a whole picture as one for its painted part alone, at the size that the model draws best. What it follows
 * is cut like the picture itself.
 * @param wish with `init`.
 */
export async function wishForPart(
  wish: DrawingWish,
  { source, part: { region, matte } }: Rest,
  side: number,
): Promise<DrawingWish> {
  const size = sizeLike(region, side);
  // To the letter of its size: cut to it, it would not fit back into its place.
  const fitted = (picture: Picture) => resizePicture(picture, size.width, size.height);
  // Half of what is faded is drawn anew: at the mask's own edge there shall be nothing left of what was painted over.
  const mask = Uint8ClampedArray.from({ length: 3 * matte.data.length }, (_, i) =>
    matte.data[(i / 3) | 0]! < 128 ? 0 : 255,
  );
  return {
    ...wish,
    ...size,
    init: { picture: await fitted(cutRegion(source, region)), strength: wish.init!.strength },
    mask: await fitted({ width: region.width, height: region.height, data: mask }),
    ...(wish.controls && {
      controls: await Promise.all(
        wish.controls.map(async (control) => ({
          ...control,
          picture: await fitted(cutRegion(control.picture, regionOn(control.picture, source, region))),
        })),
      ),
    }),
  };
}

/** The picture with what was drawn in it, of its own size: all else is what it was, to the byte. */
export async function keepRest(
  easel: Easel,
  drawn: Drawn,
  { source, part }: Rest,
  signal: AbortSignal,
): Promise<Picture> {
  const { picture, unfinished } = drawn;
  const upscaler = await companionUpscaler(easel);
  const fitted = await growTo(unfinished?.picture ?? picture, part.region, upscaler?.path ?? null, signal);
  return pasteBack(source, part, unfinished ? unfinished.finish(fitted) : fitted);
}
