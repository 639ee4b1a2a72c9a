import type { Picture } from "../picture";

/** Red, green, blue, 0…255. */
export type Colour = readonly [number, number, number];

/** A place on a picture, in whole pixels. */
export type Pixel = readonly [x: number, y: number];

/**
 * Fills a convex polygon on a picture in place, its border included.
 * @source OpenCV `fillConvexPoly`, 8-connected · @golden tests/golden/skeleton
 */
export function fillConvex(canvas: Picture, corners: readonly Pixel[], colour: Colour): void {
  const spans = new Map<number, [left: number, right: number]>();
  const reach = (x: number, y: number) => {
    const [left, right] = spans.get(y) ?? [x, x];
    spans.set(y, [Math.min(left, x), Math.max(right, x)]);
  };
  corners.forEach((corner, i) => {
    walkLine(corners.at(i - 1)!, corner, reach);
  });
  for (const [y, [left, right]] of spans) fillRow(canvas, y, [left, right], colour);
}

/** Fills a disc on a picture in place. @source OpenCV `circle`, thickness −1 */
export function fillDisc(canvas: Picture, [x, y]: Pixel, radius: number, colour: Colour): void {
  let [across, down, error] = [radius, 0, 0];
  while (across >= down) {
    for (const [rows, reach] of [
      [down, across],
      [across, down],
    ] as const)
      for (const row of [y - rows, y + rows]) fillRow(canvas, row, [x - reach, x + reach], colour);
    error += 2 * down + 1;
    down++;
    if (error > 0) {
      error -= 2 * across - 1;
      across--;
    }
  }
}

/** Bresenham's line from the left to the right, ties staying where they are. */
function walkLine(a: Pixel, b: Pixel, visit: (x: number, y: number) => void): void {
  const [from, to] = a[0] <= b[0] ? [a, b] : [b, a];
  const [width, height] = [to[0] - from[0], Math.abs(to[1] - from[1])];
  const direction = to[1] < from[1] ? -1 : 1;
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  let error = long - 2 * short;
  for (let i = 0, aside = 0; i <= long; i++) {
    const [across, down] = width >= height ? [i, aside] : [aside, i];
    visit(from[0] + across, from[1] + direction * down);
    if (error < 0) {
      aside++;
      error += 2 * long;
    }
    error -= 2 * short;
  }
}

function fillRow({ width, height, data }: Picture, y: number, [left, right]: Pixel, colour: Colour): void {
  if (y < 0 || y >= height) return;
  for (let x = Math.max(0, left); x <= Math.min(width - 1, right); x++) data.set(colour, (y * width + x) * 3);
}
