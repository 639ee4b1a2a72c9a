import type { Gray, Raster } from "../raster";

/** BT.601 luma weights, what readers use to turn a camera's picture grey; they sum to 1. */
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;

/** Luma of the pixel whose red byte is at `i`, 0 … 255, not rounded. */
export const lumaAt = (data: Uint8ClampedArray, i: number): number =>
  RED * data[i]! + GREEN * data[i + 1]! + BLUE * data[i + 2]!;

/** The luminance plane of a picture, rounded to whole levels. */
export function toGray(picture: Raster): Gray {
  const { width, height, data } = picture;
  const gray = new Uint8ClampedArray(width * height);
  for (let i = 0, p = 0; i < gray.length; i++, p += 4) gray[i] = lumaAt(data, p);
  return { width, height, data: gray };
}

/**
 * Gives the pixel at byte `i` the luma `target`, keeping its hue: darker by scaling toward black, lighter by mixing
 * toward white. Both are linear in every channel, so the luma is exact and nothing clips.
 * @param amount 0 leaves the pixel as it is, 1 reaches the target.
 */
export function setLuma(data: Uint8ClampedArray, i: number, target: number, amount = 1): void {
  const luma = lumaAt(data, i);
  const wanted = luma + (target - luma) * amount;
  if (wanted < luma) {
    const scale = luma > 0 ? wanted / luma : 0;
    for (let c = 0; c < 3; c++) data[i + c] = data[i + c]! * scale;
  } else if (wanted > luma) {
    const scale = (255 - wanted) / (255 - luma);
    for (let c = 0; c < 3; c++) data[i + c] = 255 - (255 - data[i + c]!) * scale;
  }
}
