import type { Drawn } from "@/lib/drawing/open-easel";
import { type Picture, picture } from "@/lib/engine/picture";
import { type Box, squareIn } from "@/lib/photos/photo-crop";
import { cutSquare, resizePicture } from "@/lib/photos/resize-picture";
import type { PortraitRecipe } from "./portrait-recipe";

interface DetailTools {
  /** Draws a square in the portrait's own style. */
  readonly draw: (from: Picture, denoise: number) => Promise<Drawn>;
  /** Pixels a side of what is drawn. */
  readonly side: number;
  readonly recipe: PortraitRecipe;
}

/** Hairline and chin belong to what is drawn once more. */
const FACES_WIDE = 1.5;
/** Of the strength of the first pass: the face is there already. */
const GENTLER = 0.55;
/** Nothing is won where the face is drawn nearly as large as the model draws. */
const LEAST_GAIN = 1.35;

/**
 * Draws the face once more at the model's full size and blends it in with a soft edge, as ADetailer does.
 * @param finished the portrait. @param source what it was drawn from, of the same size.
 * @source https://github.com/Bing-su/adetailer
 */
export async function detailFace(
  finished: Picture,
  source: Picture,
  face: Box,
  { draw, side, recipe }: DetailTools,
): Promise<Picture> {
  const { width, height } = source;
  const wanted = FACES_WIDE * Math.max(face.width * width, face.height * height);
  const middle = { x: (face.x + face.width / 2) * width, y: (face.y + face.height / 2) * height };
  const square = squareIn(source, middle.x, middle.y, wanted);
  if (width / square.side < LEAST_GAIN || square.side < 16) return finished;
  const from = await cutSquare(source, square, Math.max(side, square.side));
  const { picture: drawn } = await draw(from, recipe.denoise * GENTLER);
  const fitted = await resizePicture(drawn, square.side, square.side);
  const data = new Uint8ClampedArray(finished.data);
  for (let y = 0; y < square.side; y++)
    for (let x = 0; x < square.side; x++) {
      const part = feather((2 * (x + 0.5)) / square.side - 1, (2 * (y + 0.5)) / square.side - 1);
      const to = ((square.top + y) * width + square.left + x) * 3;
      const at = (y * square.side + x) * 3;
      for (let c = 0; c < 3; c++) data[to + c] = data[to + c]! * (1 - part) + fitted.data[at + c]! * part;
    }
  return picture(width, height, data);
}

/** 1 in the middle, 0 at the edge of the circle. */
function feather(x: number, y: number): number {
  const t = Math.min(1, Math.max(0, (0.98 - Math.hypot(x, y)) / 0.4));
  return t * t * (3 - 2 * t);
}
