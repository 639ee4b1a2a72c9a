/** A square part of a picture, in its pixels. */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** The largest square around `focus` (parts of width and height) that stays inside the picture. */
export function squareCrop(width: number, height: number, focus: { x: number; y: number }): Square {
  const side = Math.min(width, height);
  const start = (centre: number, length: number) =>
    Math.round(Math.min(Math.max(centre * length - side / 2, 0), length - side));
  return { x: start(focus.x, width), y: start(focus.y, height), side };
}
