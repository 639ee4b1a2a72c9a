import { blend, type Canvas, scratchOf } from "./canvas";
import type { Box, Colour, PathStep } from "./drawing";

/** Pixels by which the chords of a curve may miss it. */
const FLATNESS_PX = 0.02;

/** Path coordinates → pixels. */
export interface Placing {
  readonly scale: number;
  readonly offset: number;
}

/**
 * Paints a path by exact area coverage of its (flattened) outline: every edge adds what it covers to its right,
 * a running sum over each row gives the coverage.
 * @param box around the path, in pixels.
 * @source Raph Levien, "Inside the fastest font renderer in the world", 2016 (font-rs)
 */
export function fillPath(
  canvas: Canvas,
  steps: readonly PathStep[],
  box: Box,
  place: Placing,
  fill: Colour,
): void {
  const { sidePx, data } = canvas;
  const left = Math.max(0, Math.floor(box.x0));
  const top = Math.max(0, Math.floor(box.y0));
  const width = Math.min(sidePx, Math.ceil(box.x1)) - left;
  const height = Math.min(sidePx, Math.ceil(box.y1)) - top;
  if (!(width > 0 && height > 0)) return;
  // Two more a row: an edge at the right end still adds to the pixel after it.
  const stride = width + 2;
  const area = scratchOf(canvas, stride * height);
  traceEdges(steps, place, (ax, ay, bx, by) =>
    addEdge(area, stride, width, height, ax - left, ay - top, bx - left, by - top),
  );
  for (let y = 0; y < height; y++) {
    let sum = 0;
    let p = ((top + y) * sidePx + left) * 4;
    const start = y * stride;
    for (let x = 0; x < width; x++, p += 4) {
      sum += area[start + x]!;
      area[start + x] = 0;
      const coverage = Math.abs(sum);
      if (coverage > 1e-4) blend(data, p, fill, Math.min(coverage, 1));
    }
    area[start + width] = 0;
    area[start + width + 1] = 0;
  }
}

type Edge = (ax: number, ay: number, bx: number, by: number) => void;

function traceEdges(steps: readonly PathStep[], { scale, offset }: Placing, edge: Edge): void {
  let startX = 0;
  let startY = 0;
  let x = 0;
  let y = 0;
  const lineTo = (toX: number, toY: number): void => {
    edge(x, y, toX, toY);
    x = toX;
    y = toY;
  };
  const at = (value: number): number => value * scale + offset;
  for (const step of steps) {
    if (step[0] === "M") {
      lineTo(startX, startY);
      x = startX = at(step[1]);
      y = startY = at(step[2]);
    } else if (step[0] === "L") lineTo(at(step[1]), at(step[2]));
    else if (step[0] === "C")
      flatten(x, y, at(step[1]), at(step[2]), at(step[3]), at(step[4]), at(step[5]), at(step[6]), lineTo);
    else lineTo(startX, startY);
  }
  lineTo(startX, startY);
}

/** A cubic as chords of equal parameter, as many as its second differences ask for. */
function flatten(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
  lineTo: (x: number, y: number) => void,
): void {
  const bend = Math.max(
    Math.abs(ax - 2 * bx + cx),
    Math.abs(ay - 2 * by + cy),
    Math.abs(bx - 2 * cx + dx),
    Math.abs(by - 2 * cy + dy),
  );
  const chords = Math.min(64, Math.max(1, Math.ceil(Math.sqrt((0.75 * bend) / FLATNESS_PX))));
  for (let i = 1; i < chords; i++) {
    const t = i / chords;
    const s = 1 - t;
    const w0 = s * s * s;
    const w1 = 3 * s * s * t;
    const w2 = 3 * s * t * t;
    const w3 = t * t * t;
    lineTo(w0 * ax + w1 * bx + w2 * cx + w3 * dx, w0 * ay + w1 * by + w2 * cy + w3 * dy);
  }
  lineTo(dx, dy);
}

function addEdge(
  area: Float32Array,
  stride: number,
  width: number,
  height: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): void {
  if (ay === by) return;
  const down = ay < by;
  const sign = down ? 1 : -1;
  const x0 = down ? ax : bx;
  const y0 = down ? ay : by;
  const y1 = down ? by : ay;
  const slope = (bx - ax) / (by - ay);
  const last = Math.min(height, Math.ceil(y1));
  for (let row = Math.max(0, Math.floor(y0)); row < last; row++) {
    const top = Math.max(y0, row);
    const bottom = Math.min(y1, row + 1);
    const xa = Math.min(Math.max(x0 + (top - y0) * slope, 0), width);
    const xb = Math.min(Math.max(x0 + (bottom - y0) * slope, 0), width);
    addRow(area, row * stride, sign * (bottom - top), Math.min(xa, xb), Math.max(xa, xb));
  }
}

/** One row's share of an edge of signed height `d` that runs from `xl` to `xr`. */
function addRow(area: Float32Array, start: number, d: number, xl: number, xr: number): void {
  const first = Math.floor(xl);
  const end = Math.ceil(xr);
  if (end <= first + 1) {
    const middle = (xl + xr) / 2 - first;
    area[start + first]! += d * (1 - middle);
    area[start + first + 1]! += d * middle;
    return;
  }
  // Coverage to the right of the edge grows over the pixels that it crosses; what is stored are its steps.
  const perPixel = d / (xr - xl);
  let covered = 0;
  for (let x = first; x < end; x++) {
    const enter = Math.max(xl, x);
    const leave = Math.min(xr, x + 1);
    const passed = perPixel * (leave - enter);
    const before = perPixel * (enter - xl);
    const mean = before + passed * (x + 1 - (enter + leave) / 2);
    area[start + x]! += mean - covered;
    covered = mean;
  }
  area[start + end]! += d - covered;
}
