import type { Colour } from "../drawing/drawing";
import type { Code } from "../encode/code";
import { isFree } from "../encode/encode";
import { QrError } from "../qr-error";
import type { Raster } from "../raster";

/** A picture cut into square cells, a whole number of them to a module, and its light fitted to the code. */
export interface Tones {
  /** Cells a side. */
  readonly side: number;
  readonly perModule: number;
  /** 0 black … 1 white, row-major; about 0.5 divides what is dark in the code from what is light. */
  readonly tone: Float32Array;
  colourAt(cell: number): Colour;
  /** Tone at a place in modules from the symbol's corner, between cell centres linearly. */
  toneAt(x: number, y: number): number;
}

/** How much of the local divide between dark and light modules is moved to the middle of the scale. */
const ADAPT = 0.75;
/** Modules around one over which that divide is measured, and how many modules the whole picture's counts for. */
const REACH = 4;
const PRIOR = 12;
/** How much finer contrast is raised above that of its surroundings. */
const CLARITY = 0.45;

/**
 * Cuts a picture into cells and fits its tones to a code: stretched over the whole scale, finer contrast raised,
 * and the tone that divides the code's dark modules from its light ones moved to the middle, place by place.
 * @throws QrError picture_too_small where it has under a pixel a module.
 */
export function measureTones(code: Code, picture: Raster | null, perModule: number): Tones {
  if (!picture || picture.width < code.size)
    throw new QrError(
      "picture_too_small",
      `the picture has ${picture?.width ?? 0} px for ${code.size} modules`,
    );
  const side = code.size * perModule;
  const colours = cellMeans(picture, side);
  const tone = new Float32Array(side * side);
  for (let i = 0; i < tone.length; i++)
    tone[i] = (0.299 * colours[i * 3]! + 0.587 * colours[i * 3 + 1]! + 0.114 * colours[i * 3 + 2]!) / 255;
  stretch(tone);
  const soft = blurBox(blurBox(tone, side, 2 * perModule), side, 2 * perModule);
  for (let i = 0; i < tone.length; i++) tone[i]! += CLARITY * (tone[i]! - soft[i]!);
  const divide = divideOf(code, tone, perModule);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const i = y * side + x;
      const at = between(divide, code.size, (x + 0.5) / perModule, (y + 0.5) / perModule);
      tone[i] = Math.min(1, Math.max(0, tone[i]! - ADAPT * (at - 0.5)));
    }
  return {
    side,
    perModule,
    tone,
    colourAt: (cell) => [colours[cell * 3]!, colours[cell * 3 + 1]!, colours[cell * 3 + 2]!],
    toneAt: planeAt(tone, side, perModule),
  };
}

/** Mean colours; a cell takes every pixel that it touches. */
function cellMeans({ width, height, data }: Raster, side: number): Float32Array {
  const means = new Float32Array(side * side * 3);
  for (let cy = 0; cy < side; cy++) {
    const y0 = Math.floor((cy * height) / side);
    const y1 = Math.max(y0 + 1, Math.round(((cy + 1) * height) / side));
    for (let cx = 0; cx < side; cx++) {
      const x0 = Math.floor((cx * width) / side);
      const x1 = Math.max(x0 + 1, Math.round(((cx + 1) * width) / side));
      const sum = [0, 0, 0];
      for (let y = y0; y < y1; y++)
        for (let p = (y * width + x0) * 4, end = (y * width + x1) * 4; p < end; p += 4)
          for (let c = 0; c < 3; c++) sum[c]! += data[p + c]!;
      const count = (x1 - x0) * (y1 - y0);
      for (let c = 0; c < 3; c++) means[(cy * side + cx) * 3 + c] = sum[c]! / count;
    }
  }
  return means;
}

/** Spreads tones over the scale and bends them so that the median comes near the middle. */
function stretch(tone: Float32Array): void {
  const sorted = Float32Array.from(tone).sort();
  const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))]!;
  const low = at(0.01);
  // A flat picture is not blown up into noise.
  const range = Math.max(at(0.99) - low, 0.25);
  const median = Math.min(0.8, Math.max(0.2, (at(0.5) - low) / range));
  const gamma = Math.min(1.7, Math.max(0.55, Math.log(0.5) / Math.log(median)));
  for (let i = 0; i < tone.length; i++) tone[i] = Math.min(1, Math.max(0, (tone[i]! - low) / range)) ** gamma;
}

/** Mean over a square of `2 * reach + 1` cells a side, cut off at the border. */
export function blurBox(values: Float32Array, side: number, reach: number): Float32Array {
  const pass = (from: Float32Array, stride: number, step: number): Float32Array => {
    const to = new Float32Array(from.length);
    for (let line = 0; line < side; line++) {
      const start = line * stride;
      let sum = 0;
      for (let i = 0; i < Math.min(reach, side); i++) sum += from[start + i * step]!;
      for (let i = 0; i < side; i++) {
        if (i + reach < side) sum += from[start + (i + reach) * step]!;
        if (i - reach - 1 >= 0) sum -= from[start + (i - reach - 1) * step]!;
        to[start + i * step] = sum / (Math.min(side - 1, i + reach) - Math.max(0, i - reach) + 1);
      }
    }
    return to;
  };
  return pass(pass(values, side, 1), 1, side);
}

/** A module: the tone midway between the mean of the dark and of the light data modules around it. */
function divideOf(code: Code, tone: Float32Array, perModule: number): Float32Array {
  const { size } = code;
  const side = size * perModule;
  const sums = [0, 1].map(() => ({
    tone: new Float32Array(size * size),
    count: new Float32Array(size * size),
  }));
  for (let m = 0; m < size * size; m++) {
    if (!isFree(code.roles[m]!)) continue;
    let sum = 0;
    const start = Math.floor(m / size) * perModule * side + (m % size) * perModule;
    for (let y = 0; y < perModule; y++)
      for (let x = 0; x < perModule; x++) sum += tone[start + y * side + x]!;
    const kind = sums[code.modules[m]!]!;
    kind.tone[m] = sum / perModule ** 2;
    kind.count[m] = 1;
  }
  const window = (2 * REACH + 1) ** 2;
  const local = sums.map(({ tone: total, count }) => {
    const all =
      total.reduce((a, b) => a + b, 0) /
      Math.max(
        1,
        count.reduce((a, b) => a + b, 0),
      );
    const counts = blurBox(count, size, REACH);
    return blurBox(total, size, REACH).map(
      (t, m) => (t * window + PRIOR * all) / (counts[m]! * window + PRIOR),
    );
  });
  return local[0]!.map((light, m) => Math.min(0.8, Math.max(0.2, (light + local[1]![m]!) / 2)));
}

/** A plane of cells as a field over modules, linear between cell centres. */
export const planeAt =
  (plane: Float32Array, side: number, perModule: number) =>
  (x: number, y: number): number =>
    between(plane, side, x * perModule, y * perModule);

/** A plane of cells, `side` a row, at a place in cells from its corner. */
function between(plane: Float32Array, side: number, x: number, y: number): number {
  const cx = Math.min(side - 1, Math.max(0, x - 0.5));
  const cy = Math.min(side - 1, Math.max(0, y - 0.5));
  const ix = Math.min(side - 2, Math.floor(cx));
  const iy = Math.min(side - 2, Math.floor(cy));
  const i = iy * side + ix;
  const [fx, fy] = [cx - ix, cy - iy];
  return (
    (plane[i]! * (1 - fx) + plane[i + 1]! * fx) * (1 - fy) +
    (plane[i + side]! * (1 - fx) + plane[i + side + 1]! * fx) * fy
  );
}
