import type { Picture } from "@/lib/engine/picture";
import { runOnCpu } from "@/lib/jobs/cpu-pool";
import type { CutOutRequest } from "@/lib/photos/cut-out";
import { findFace } from "@/lib/photos/find-face";
import { type Matte, resizeMatte } from "@/lib/photos/matte";
import { type Box, portraitSquare, type Square, withinSquare } from "@/lib/photos/photo-crop";
import { blurPicture, cutSquare, resizePicture } from "@/lib/photos/resize-picture";
import type { PortraitInput } from "./portrait.job";

/** A photo on its way to be drawn. */
export interface PreparedPhoto {
  /** The square that is drawn, `photoSide` pixels a side. */
  readonly photo: Picture;
  readonly square: Square;
  /** Where the face is in it; where it usually is, if it was not found. */
  readonly face: Box;
  readonly isFaceFound: boolean;
  /** Who, without what stands behind; null where that is kept. */
  readonly matte: Matte | null;
  /** The photo's lines. */
  readonly lines: Matte;
}

/** Large enough to be looked at. */
const LEAST_PX = 512;
const MATTE_PX = 192;
/** In a square that a person chose, or in the upper middle. */
const USUAL_FACE: Box = { x: 0.3, y: 0.22, width: 0.4, height: 0.44 };
/** Lines of the face, not of the skin's grain; in parts of the side. */
const LINE_BLUR = 1.2 / 512;

/** Pixels a side of a portrait: what the model draws is not made smaller. @param side that the model draws best. */
export const photoSide = (side: number): number => Math.max(LEAST_PX, side);

/**
 * Finds the face, cuts the square, and tells who is in it from what is behind.
 * @param px `photoSide` of the model that draws.
 */
export async function preparePhoto(
  whole: Picture,
  { crop, background }: Pick<PortraitInput, "crop" | "background">,
  px: number,
  signal: AbortSignal,
): Promise<PreparedPhoto> {
  const found = await findFace(whole, signal);
  const square = portraitSquare(whole, crop, found);
  const photo = await cutSquare(whole, square, px);
  const inSquare = found && withinSquare(found, whole, square);
  const isFaceFound = inSquare !== null && isInside(inSquare);
  const face = isFaceFound ? inSquare : USUAL_FACE;
  const lines = await runOnCpu<Matte>("ink-lines", await blurPicture(photo, LINE_BLUR * px), { signal });
  if (background.kind === "keep") return { photo, square, face, isFaceFound, matte: null, lines };
  const request: CutOutRequest = { picture: await resizePicture(photo, MATTE_PX, MATTE_PX), face };
  const small = await runOnCpu<Matte>("cut-out", request, { signal });
  const matte = resizeMatte(small, px, px);
  return { photo, square, face, isFaceFound, matte, lines: linesOf(lines, matte) };
}

const isInside = ({ x, y, width, height }: Box): boolean =>
  x + width / 2 > 0 && x + width / 2 < 1 && y + height / 2 > 0 && y + height / 2 < 1;

/** What is not drawn has no lines. */
const linesOf = (lines: Matte, matte: Matte): Matte => ({
  ...lines,
  data: lines.data.map((value, i) => (value * matte.data[i]!) / 255),
});
