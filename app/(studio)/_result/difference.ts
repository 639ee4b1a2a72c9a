import type { Raster } from "@/lib/qr/raster";

/** Changes below this (of 255, in luminance) are the noise of scaling and compression. */
const NOISE = 10;
/** From here on a change is shown at full strength. */
const FULL = 110;

export interface Difference {
  /** Transparent where nothing changed, warm where something did: warmer is more. */
  readonly heat: Raster;
  /** 0 … 1: the part of the pixels that changed visibly. */
  readonly changed: number;
}

/** Where and how strongly two pictures of the same size differ in lightness. */
export function difference(before: Raster, after: Raster): Difference {
  const { width, height } = before;
  if (after.width !== width || after.height !== height) throw new RangeError("pictures of different sizes");
  const data = new Uint8ClampedArray(width * height * 4);
  let changed = 0;
  for (let at = 0; at < data.length; at += 4) {
    const delta = Math.abs(luma(before.data, at) - luma(after.data, at));
    if (delta <= NOISE) continue;
    changed++;
    const strength = Math.min((delta - NOISE) / (FULL - NOISE), 1);
    // From amber through clay to deep red.
    data[at] = 255 - 60 * strength;
    data[at + 1] = 190 - 170 * strength;
    data[at + 2] = 60 - 30 * strength;
    data[at + 3] = 110 + 145 * strength;
  }
  return { heat: { width, height, data }, changed: changed / (width * height) };
}

const luma = (data: Uint8ClampedArray, at: number): number =>
  0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
