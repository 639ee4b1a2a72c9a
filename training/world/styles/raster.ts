import { type Hex, toRgb } from "../colour";
import { noise } from "./noise";

/** uint8 RGB, row-major [size, size, 3]. */
export type Pixels = { data: Uint8Array; size: number };

const clampByte = (v: number): number => (v < 0 ? 0 : v > 255 ? 255 : v);

/** Strength of the strongest colour step to the right or below, 0–255 per pixel. */
export function edges({ data, size }: Pixels): Uint8Array {
  const out = new Uint8Array(size * size);
  for (let y = 0; y < size - 1; y += 1) {
    for (let x = 0; x < size - 1; x += 1) {
      const i = (y * size + x) * 3;
      let most = 0;
      for (let c = 0; c < 3; c += 1) {
        const v = data[i + c]!;
        most = Math.max(most, Math.abs(v - data[i + 3 + c]!), Math.abs(v - data[i + size * 3 + c]!));
      }
      out[y * size + x] = most;
    }
  }
  return out;
}

/** Ink from edges in 0–1: thresholded softly, widened to `width` pixels, softened at its rim. */
function inkFrom(strength: Uint8Array, size: number, low: number, high: number, wide: boolean): Float32Array {
  const hard = Float32Array.from(strength, (v) => Math.min(1, Math.max(0, (v - low) / (high - low))));
  const out = new Float32Array(size * size);
  const rim = wide ? 0.9 : 0.55;
  for (let y = 1; y < size - 1; y += 1) {
    for (let x = 1; x < size - 1; x += 1) {
      const i = y * size + x;
      const near = Math.max(hard[i - 1]!, hard[i + 1]!, hard[i - size]!, hard[i + size]!);
      const corner = Math.max(
        hard[i - size - 1]!,
        hard[i - size + 1]!,
        hard[i + size - 1]!,
        hard[i + size + 1]!,
      );
      out[i] = Math.max(hard[i]!, near * rim, wide ? corner * 0.5 : 0);
    }
  }
  return out;
}

/** Bold dark contours over colours a little lighter than before. */
export function drawOutline(pixels: Pixels): void {
  const { data, size } = pixels;
  const ink = inkFrom(edges(pixels), size, 18, 46, true);
  for (let i = 0; i < size * size; i += 1) {
    // Small lights, such as stars, stay light inside their contour.
    const bright = data[i * 3]! > 225 && data[i * 3 + 1]! > 225 && data[i * 3 + 2]! > 185;
    const a = ink[i]! * (bright ? 0.35 : 1);
    for (let c = 0; c < 3; c += 1) {
      const lit = data[i * 3 + c]! * 0.92 + 255 * 0.08;
      data[i * 3 + c] = lit * (1 - a) + (c === 2 ? 62 : 38) * a;
    }
  }
}

/** Dark contours on white paper, nothing else. */
export function drawLineArt(pixels: Pixels): void {
  const { data, size } = pixels;
  const ink = inkFrom(edges(pixels), size, 16, 50, false);
  for (let i = 0; i < size * size; i += 1) {
    const v = 252 - 222 * ink[i]!;
    data[i * 3] = v;
    data[i * 3 + 1] = v;
    data[i * 3 + 2] = v;
  }
}

/** Enlarges a small picture by whole squares, with fewer colours. @param small [size / factor, size / factor, 3] */
export function drawPixelArt(small: Pixels, factor: number): Pixels {
  const size = small.size * factor;
  const data = new Uint8Array(size * size * 3);
  const step = 255 / 10;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = (Math.floor(y / factor) * small.size + Math.floor(x / factor)) * 3;
      const to = (y * size + x) * 3;
      for (let c = 0; c < 3; c += 1)
        data[to + c] = Math.round(Math.round(small.data[from + c]! / step) * step);
    }
  }
  return { data, size };
}

/** From luma to a line between two colours. */
export function drawDuotone({ data }: Pixels, ink: Hex, paper: Hex): void {
  const [a, b] = [toRgb(ink), toRgb(paper)];
  for (let i = 0; i < data.length; i += 3) {
    const v = (0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!) / 255;
    // A little contrast, for the middle of the scale is where flat colours crowd.
    const t = Math.min(1, Math.max(0, (v - 0.5) * 1.25 + 0.5));
    for (let c = 0; c < 3; c += 1) data[i + c] = a[c]! + (b[c]! - a[c]!) * t;
  }
}

export function drawPastel({ data }: Pixels): void {
  for (let i = 0; i < data.length; i += 3) {
    const grey = (data[i]! + data[i + 1]! + data[i + 2]!) / 3;
    for (let c = 0; c < 3; c += 1)
      data[i + c] = (data[i + c]! * 0.9 + grey * 0.1) * 0.52 + (c === 2 ? 250 : 253) * 0.48;
  }
}

/** Dusk: deeper values, shadows towards blue-violet, lights kept. */
export function drawDark({ data, size }: Pixels): void {
  for (let i = 0; i < data.length; i += 3) {
    const p = i / 3;
    const dx = (p % size) / size - 0.5;
    const dy = Math.floor(p / size) / size - 0.48;
    const vignette = 1 - Math.min(0.5, (dx * dx + dy * dy) * 1.1);
    const [r, g, b] = [data[i]! / 255, data[i + 1]! / 255, data[i + 2]! / 255];
    data[i] = clampByte((r ** 1.35 * 0.62 + 0.03) * 255 * vignette);
    data[i + 1] = clampByte((g ** 1.35 * 0.6 + 0.03) * 255 * vignette);
    data[i + 2] = clampByte((b ** 1.25 * 0.72 + 0.085) * 255 * vignette);
  }
}

/** A faint grain of paper. */
export function grainPaper({ data, size }: Pixels, amount: number): void {
  const grain = noise("grain", size, size >> 1);
  for (let i = 0; i < size * size; i += 1) {
    const g = (grain[i]! - 0.5) * amount;
    for (let c = 0; c < 3; c += 1) data[i * 3 + c] = clampByte(data[i * 3 + c]! + g);
  }
}

/**
 * Watercolour: borders wander, colours pool and thin out, darker where they end, and white paper shows at the rim.
 * @param shift moves the noise, so that pictures do not share their blots
 */
export function drawWatercolour(pixels: Pixels, shift: number): void {
  const { data, size } = pixels;
  const source = Uint8Array.from(data);
  const [wanderX, wanderY] = [noise("wander-x", size, size >> 3), noise("wander-y", size, size >> 3)];
  const pool = noise("pool", size, 9);
  const fine = noise("fine", size, size >> 2);
  const grain = noise("grain", size, size >> 1);
  const count = size * size;
  const reach = size / 42;
  const at = (x: number, y: number) =>
    (Math.min(size - 1, Math.max(0, y)) * size + Math.min(size - 1, Math.max(0, x))) * 3;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const i = y * size + x;
      const n = (i + shift * 977) % count;
      const sx = Math.round(x + (wanderX[n]! - 0.5) * reach);
      const sy = Math.round(y + (wanderY[n]! - 0.5) * reach);
      const [m, l, r, u, d] = [at(sx, sy), at(sx - 2, sy), at(sx + 2, sy), at(sx, sy - 2), at(sx, sy + 2)];
      const wash = 0.74 + pool[n]! * 0.22 + fine[n]! * 0.08;
      const rim = Math.min(x, y, size - 1 - x, size - 1 - y) / size;
      const paper = Math.min(1, Math.max(0, (rim - 0.012 - wanderX[n]! * 0.045) * 26));
      for (let c = 0; c < 3; c += 1) {
        const v = source[m + c]!;
        const mean = (source[l + c]! + source[r + c]! + source[u + c]! + source[d + c]!) / 4;
        // Pigment gathers at the border of the darker side.
        const edge = Math.max(0, mean - v) * 0.4;
        const soft = v * 0.5 + mean * 0.5 - edge;
        const ground = c === 2 ? 242 : 250;
        const painted = ground - (ground - soft) * wash * paper;
        data[i * 3 + c] = clampByte(painted + (grain[n]! - 0.5) * 12);
      }
    }
  }
}
