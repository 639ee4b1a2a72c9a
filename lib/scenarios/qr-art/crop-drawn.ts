import type { Drawn } from "@/lib/drawing/open-easel";
import { type Picture, picture } from "@/lib/engine/picture";

/** The middle of a drawing, `side` pixels a side: the symbol of a code that was drawn with its surroundings. */
export function cropDrawn(drawn: Drawn, side: number): Drawn {
  if (drawn.picture.width === side && drawn.picture.height === side) return drawn;
  const { unfinished } = drawn;
  if (!unfinished) return { ...drawn, picture: cropMiddle(drawn.picture, side) };
  // A style is laid over what is kept alone: its squares begin at the symbol's corner.
  const middle = cropMiddle(unfinished.picture, side);
  const { finish } = unfinished;
  return { ...drawn, picture: finish(middle), unfinished: { picture: middle, finish } };
}

/** @param side at most as much as the picture has. */
export function cropMiddle({ width, height, data }: Picture, side: number): Picture {
  const [left, top] = [(width - side) >> 1, (height - side) >> 1];
  const cropped = picture(side, side);
  for (let y = 0; y < side; y++) {
    const from = ((top + y) * width + left) * 3;
    cropped.data.set(data.subarray(from, from + side * 3), y * side * 3);
  }
  return cropped;
}
