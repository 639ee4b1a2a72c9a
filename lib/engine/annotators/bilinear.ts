/** The plane's value between its pixels' centres (x 0…width − 1, y 0…height − 1); outside, that of the nearest border. */
export function bilinear(plane: Float32Array, width: number, height: number, x: number, y: number): number {
  const insideX = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const insideY = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const left = insideX | 0;
  const top = insideY | 0;
  const across = insideX - left;
  const down = insideY - top;
  const at = top * width + left;
  const right = left < width - 1 ? 1 : 0;
  const below = top < height - 1 ? width : 0;
  const upper = plane[at]! + across * (plane[at + right]! - plane[at]!);
  const lower = plane[at + below]! + across * (plane[at + below + right]! - plane[at + below]!);
  return upper + down * (lower - upper);
}
