import type { Gray } from "../raster";

/** The standard's example table for luminance (ITU T.81, table K.1), row-major by frequency. */
const LUMINANCE = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/**
 * The picture after baseline JPEG at a quality of 1 … 100 (the usual scale of libjpeg): 8×8 cosine transform,
 * quantised, back. Blocks past the edge repeat the last pixel. Entropy coding loses nothing, so it is left out.
 */
export function jpeg({ data, width, height }: Gray, quality: number): Gray {
  const steps = quantiser(quality);
  const out = new Uint8ClampedArray(data.length);
  const block = new Float32Array(64);
  for (let y0 = 0; y0 < height; y0 += 8) {
    for (let x0 = 0; x0 < width; x0 += 8) {
      for (let i = 0; i < 64; i++) {
        const y = Math.min(y0 + (i >> 3), height - 1);
        block[i] = data[y * width + Math.min(x0 + (i & 7), width - 1)]! - 128;
      }
      transform(block, FORWARD);
      for (let i = 0; i < 64; i++) block[i] = Math.round(block[i]! / steps[i]!) * steps[i]!;
      transform(block, BACKWARD);
      const columns = Math.min(8, width - x0);
      for (let y = 0, rows = Math.min(8, height - y0); y < rows; y++) {
        for (let x = 0; x < columns; x++) out[(y0 + y) * width + x0 + x] = block[y * 8 + x]! + 128;
      }
    }
  }
  return { width, height, data: out };
}

function quantiser(quality: number): Float32Array {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return Float32Array.from(LUMINANCE, (step) =>
    Math.max(1, Math.min(255, Math.floor((step * scale + 50) / 100))),
  );
}

/** Orthonormal 8-point cosine transform, FORWARD[u * 8 + x], and its transpose, which is its inverse. */
const FORWARD = Float32Array.from({ length: 64 }, (_, i) => {
  const [u, x] = [i >> 3, i & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});
const BACKWARD = FORWARD.map((_, i) => FORWARD[(i & 7) * 8 + (i >> 3)]!);

const half = new Float32Array(64);

/** block ← M · block · Mᵀ, in place; each pass multiplies and transposes, so that two passes make the whole. */
function transform(block: Float32Array, matrix: Float32Array): void {
  pass(block, matrix, half);
  pass(half, matrix, block);
}

function pass(from: Float32Array, matrix: Float32Array, to: Float32Array): void {
  for (let row = 0; row < 64; row += 8) {
    const a = from[row]!;
    const b = from[row + 1]!;
    const c = from[row + 2]!;
    const d = from[row + 3]!;
    const e = from[row + 4]!;
    const f = from[row + 5]!;
    const g = from[row + 6]!;
    const h = from[row + 7]!;
    for (let k = 0; k < 64; k += 8) {
      to[k + (row >> 3)] =
        a * matrix[k]! +
        b * matrix[k + 1]! +
        c * matrix[k + 2]! +
        d * matrix[k + 3]! +
        e * matrix[k + 4]! +
        f * matrix[k + 5]! +
        g * matrix[k + 6]! +
        h * matrix[k + 7]!;
    }
  }
}
