import { blend, type Canvas, scratchOf } from "./canvas";
import type { Box, Colour } from "./drawing";

/** Bands a pixel row is cut into where an edge is curved; straight edges are exact in one. */
const BANDS = 4;

/** What gives a painted pixel its colour. */
export type Paint = Colour | ((px: number, py: number) => Colour);

/**
 * Paints a rectangle with rounded corners, or a circle (radius half the side), in pixels: exact along x, and along y
 * but for the curvature within a quarter of a pixel. Edges on whole pixels stay crisp.
 */
export function fillRound(canvas: Canvas, box: Box, radius: number, paint: Paint): void {
  const { sidePx, data } = canvas;
  const { x0, y0, x1, y1 } = box;
  if (!(x1 > x0 && y1 > y0)) return;
  const r = Math.max(0, Math.min(radius, (x1 - x0) / 2, (y1 - y0) / 2));
  const row = scratchOf(canvas, sidePx + 2);
  const first = Math.max(0, Math.floor(x0));
  const last = Math.min(sidePx, Math.ceil(x1));
  for (let py = Math.max(0, Math.floor(y0)); py < Math.min(sidePx, Math.ceil(y1)); py++) {
    const top = Math.max(y0, py);
    const height = Math.min(y1, py + 1) - top;
    const straight = r === 0 || (top >= y0 + r && top + height <= y1 - r);
    const bands = straight ? 1 : BANDS;
    for (let band = 0; band < bands; band++) {
      const y = top + ((band + 0.5) * height) / bands;
      const inset = straight ? 0 : insetAt(y, y0, y1, r);
      addSpan(row, Math.max(x0 + inset, 0), Math.min(x1 - inset, sidePx), height / bands);
    }
    for (let px = first, p = (py * sidePx + first) * 4; px < last; px++, p += 4) {
      const coverage = row[px]!;
      row[px] = 0;
      if (coverage > 0) blend(data, p, typeof paint === "function" ? paint(px, py) : paint, coverage);
    }
  }
}

/** How far the rounded corner moves the edge in at height `y`. */
function insetAt(y: number, y0: number, y1: number, r: number): number {
  const into = Math.max(y0 + r - y, y - (y1 - r), 0);
  return r - Math.sqrt(Math.max(0, r * r - into * into));
}

function addSpan(row: Float32Array, from: number, to: number, weight: number): void {
  if (!(to > from)) return;
  const first = Math.floor(from);
  const last = Math.ceil(to) - 1;
  if (first === last) {
    row[first]! += weight * (to - from);
    return;
  }
  row[first]! += weight * (first + 1 - from);
  for (let px = first + 1; px < last; px++) row[px]! += weight;
  row[last]! += weight * (to - last);
}
