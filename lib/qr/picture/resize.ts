import type { Raster } from "../raster";

/** For one axis: for every target pixel the first source pixel, and the weights from there on; they sum to 1. */
interface Taps {
  readonly first: Int32Array;
  readonly weights: Float64Array;
  readonly perPixel: number;
}

/** Area mean when shrinking, linear interpolation when enlarging: a triangle as wide as the larger pixel. */
function tapsOf(from: number, to: number): Taps {
  const ratio = from / to;
  const reach = Math.max(ratio, 1);
  const perPixel = Math.ceil(reach) + 2;
  const first = new Int32Array(to);
  const weights = new Float64Array(to * perPixel);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * ratio - 0.5;
    const start = Math.floor(centre - reach / 2);
    first[i] = start;
    let sum = 0;
    for (let k = 0; k < perPixel; k++) {
      const distance = Math.abs(start + k - centre);
      const weight =
        ratio > 1 ? Math.max(0, Math.min(1, ratio / 2 + 0.5 - distance)) : Math.max(0, 1 - distance);
      weights[i * perPixel + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < perPixel; k++) weights[i * perPixel + k]! /= sum;
  }
  return { first, weights, perPixel };
}

/** A picture at another size, pixel for pixel the same on every machine. Alpha is taken as opaque. */
export function resize(source: Raster, width: number, height: number): Raster {
  if (source.width === width && source.height === height) return source;
  const across = tapsOf(source.width, width);
  const down = tapsOf(source.height, height);
  const rows = new Map<number, Float32Array>();
  const rowAt = (y: number): Float32Array => {
    const clamped = Math.min(Math.max(y, 0), source.height - 1);
    const known = rows.get(clamped) ?? narrowRow(source, clamped, width, across);
    rows.set(clamped, known);
    return known;
  };
  const data = new Uint8ClampedArray(width * height * 4);
  const sum = new Float32Array(width * 3);
  for (let y = 0; y < height; y++) {
    sum.fill(0);
    for (let k = 0; k < down.perPixel; k++) {
      const weight = down.weights[y * down.perPixel + k]!;
      if (weight === 0) continue;
      const row = rowAt(down.first[y]! + k);
      for (let i = 0; i < sum.length; i++) sum[i]! += weight * row[i]!;
    }
    for (const key of rows.keys()) if (key < down.first[y]!) rows.delete(key);
    for (let x = 0, i = y * width * 4, s = 0; x < width; x++, i += 4, s += 3) {
      data[i] = sum[s]!;
      data[i + 1] = sum[s + 1]!;
      data[i + 2] = sum[s + 2]!;
      data[i + 3] = 255;
    }
  }
  return { width, height, data };
}

function narrowRow(source: Raster, y: number, width: number, taps: Taps): Float32Array {
  const out = new Float32Array(width * 3);
  const start = y * source.width;
  for (let x = 0; x < width; x++) {
    let r = 0;
    let g = 0;
    let b = 0;
    for (let k = 0; k < taps.perPixel; k++) {
      const weight = taps.weights[x * taps.perPixel + k]!;
      if (weight === 0) continue;
      const i = (start + Math.min(Math.max(taps.first[x]! + k, 0), source.width - 1)) * 4;
      r += weight * source.data[i]!;
      g += weight * source.data[i + 1]!;
      b += weight * source.data[i + 2]!;
    }
    out[x * 3] = r;
    out[x * 3 + 1] = g;
    out[x * 3 + 2] = b;
  }
  return out;
}
