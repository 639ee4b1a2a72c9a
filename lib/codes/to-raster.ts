import type { Picture } from "../engine/picture";
import type { Raster } from "../qr/raster";

/** The diffusion engine's pixels as the QR engine's: opaque. */
export function toRaster({ width, height, data }: Picture): Raster {
  const out = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) out.set(data.subarray(i * 3, i * 3 + 3), i * 4);
  return { width, height, data: out };
}
