import type { Raster } from "../raster";

/** sRGB, 0 … 255 a channel, opaque. */
export type Colour = readonly [r: number, g: number, b: number];

/**
 * One step of a path: move, line, cubic curve, close. Coordinates are absolute, in modules.
 * Every contour is closed, whether or not a close follows. Filled by the non-zero rule: outer contours run
 * clockwise as seen (y points down), holes the other way round; then shapes may be merged into one path.
 */
export type PathStep =
  | readonly ["M" | "L", x: number, y: number]
  | readonly ["C", x1: number, y1: number, x2: number, y2: number, x: number, y: number]
  | readonly ["Z"];

export interface RectShape {
  readonly kind: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of the corners; at most half the shorter side counts. */
  readonly radius: number;
  readonly fill: Colour;
}

/** `x`, `y` is the centre. */
export interface CircleShape {
  readonly kind: "circle";
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly fill: Colour;
}

export interface PathShape {
  readonly kind: "path";
  readonly steps: readonly PathStep[];
  readonly fill: Colour;
}

/** A square picture laid over the square at `x`, `y`, its corners rounded by `radius`. Its alpha is not looked at. */
export interface ImageShape {
  readonly kind: "image";
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly radius: number;
  readonly raster: Raster;
}

export type Shape = RectShape | CircleShape | PathShape | ImageShape;

/**
 * A square picture of flat shapes, later ones over earlier ones. The unit is the module, the origin the outer
 * corner of the quiet zone.
 */
export interface Drawing {
  readonly sideModules: number;
  readonly background: Colour;
  readonly shapes: readonly Shape[];
}

export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: Colour,
  radius = 0,
): RectShape => ({ kind: "rect", x, y, width, height, radius, fill });

export const circle = (x: number, y: number, radius: number, fill: Colour): CircleShape => ({
  kind: "circle",
  x,
  y,
  radius,
  fill,
});

export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** The box around a shape, in modules; for a curve the box around its control points. */
export function boxOf(shape: Shape): Box {
  if (shape.kind === "rect")
    return { x0: shape.x, y0: shape.y, x1: shape.x + shape.width, y1: shape.y + shape.height };
  if (shape.kind === "image")
    return { x0: shape.x, y0: shape.y, x1: shape.x + shape.side, y1: shape.y + shape.side };
  if (shape.kind === "circle") {
    const { x, y, radius } = shape;
    return { x0: x - radius, y0: y - radius, x1: x + radius, y1: y + radius };
  }
  let x0 = Number.POSITIVE_INFINITY;
  let y0 = Number.POSITIVE_INFINITY;
  let x1 = Number.NEGATIVE_INFINITY;
  let y1 = Number.NEGATIVE_INFINITY;
  for (const step of shape.steps)
    for (let i = 1; i < step.length; i += 2) {
      const x = step[i] as number;
      const y = step[i + 1] as number;
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
  return { x0, y0, x1, y1 };
}
