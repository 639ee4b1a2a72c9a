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
      forward(block, half);
      forward(half, block);
      for (let i = 0; i < 64; i++) {
        // Halves go away from zero, as in libjpeg.
        const level = block[i]! / steps[i]!;
        block[i] = Math.trunc(level < 0 ? level - 0.5 : level + 0.5) * steps[i]!;
      }
      backward(block, half);
      backward(half, block);
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

/** Orthonormal 8-point cosine transform: COSINE[u * 4 + x] for x < 4; the right half mirrors it, ± by u. */
const COSINE = Float32Array.from({ length: 32 }, (_, i) => {
  const [u, x] = [i >> 2, i & 3];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

const half = new Float32Array(64);

/** Transforms every row of `from` into a column of `to`: done twice, this is the block's transform. */
function forward(from: Float32Array, to: Float32Array): void {
  for (let row = 0; row < 8; row++) {
    const i = row * 8;
    for (let u = 0; u < 8; u++) {
      const k = u * 4;
      const sign = u & 1 ? -1 : 1;
      to[u * 8 + row] =
        (from[i]! + sign * from[i + 7]!) * COSINE[k]! +
        (from[i + 1]! + sign * from[i + 6]!) * COSINE[k + 1]! +
        (from[i + 2]! + sign * from[i + 5]!) * COSINE[k + 2]! +
        (from[i + 3]! + sign * from[i + 4]!) * COSINE[k + 3]!;
    }
  }
}

/** The inverse of `forward`, laid out the same way. */
function backward(from: Float32Array, to: Float32Array): void {
  for (let row = 0; row < 8; row++) {
    const i = row * 8;
    for (let x = 0; x < 4; x++) {
      const even =
        from[i]! * COSINE[x]! +
        from[i + 2]! * COSINE[8 + x]! +
        from[i + 4]! * COSINE[16 + x]! +
        from[i + 6]! * COSINE[24 + x]!;
      const odd =
        from[i + 1]! * COSINE[4 + x]! +
        from[i + 3]! * COSINE[12 + x]! +
        from[i + 5]! * COSINE[20 + x]! +
        from[i + 7]! * COSINE[28 + x]!;
      to[x * 8 + row] = even + odd;
      to[(7 - x) * 8 + row] = even - odd;
    }
  }
}
