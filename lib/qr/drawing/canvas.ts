import type { Colour } from "./drawing";

/** Pixels to paint on, and the scratch that every painter shares: one for each picture. */
export interface Canvas {
  readonly sidePx: number;
  /** RGBA, opaque. */
  readonly data: Uint8ClampedArray;
  /** Coverage of the box that is being painted; all zeros between two shapes. */
  scratch: Float32Array;
}

export function newCanvas(sidePx: number, background: Colour): Canvas {
  const data = new Uint8ClampedArray(sidePx * sidePx * 4);
  data.set([...background, 255]);
  new Uint32Array(data.buffer).fill(new Uint32Array(data.buffer, 0, 1)[0]!);
  return { sidePx, data, scratch: new Float32Array(sidePx + 2) };
}

/** At least `length` zeros. */
export function scratchOf(canvas: Canvas, length: number): Float32Array {
  if (canvas.scratch.length < length) canvas.scratch = new Float32Array(length);
  return canvas.scratch;
}

/** Lays a colour over the pixel whose red byte is at `p`; `coverage` 0 … 1. */
export function blend(data: Uint8ClampedArray, p: number, fill: Colour, coverage: number): void {
  if (coverage >= 0.9995) {
    data[p] = fill[0];
    data[p + 1] = fill[1];
    data[p + 2] = fill[2];
  } else {
    data[p] = data[p]! + (fill[0] - data[p]!) * coverage;
    data[p + 1] = data[p + 1]! + (fill[1] - data[p + 1]!) * coverage;
    data[p + 2] = data[p + 2]! + (fill[2] - data[p + 2]!) * coverage;
  }
}
