import type { Gray } from "../raster";

const RADIUS = 5;
const SIGMA = 1.5;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

const KERNEL = (() => {
  const taps = Float64Array.from({ length: 2 * RADIUS + 1 }, (_, i) =>
    Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA ** 2)),
  );
  const sum = taps.reduce((a, b) => a + b, 0);
  return taps.map((t) => t / sum);
})();

/**
 * Mean structural similarity of two luminance planes of one size: Gaussian window 11 × 11, σ 1.5, K 0.01 and 0.03,
 * L 255, over the positions where the whole window lies inside.
 * @returns at most 1, which only equal pictures reach.
 * @source Wang, Bovik, Sheikh & Simoncelli 2004 · @golden scikit-image's structural_similarity with
 *         gaussian_weights, sigma 1.5, use_sample_covariance off: tests/golden/ssim, |Δ| ≤ 1e-4
 */
export function ssim(a: Gray, b: Gray): number {
  const { width, height } = a;
  const innerWidth = width - 2 * RADIUS;
  const innerHeight = height - 2 * RADIUS;
  // Rows filtered horizontally for the five moments, kept in a ring of 11 rows.
  const rows = Array.from({ length: 5 }, () => new Float32Array(11 * innerWidth));
  let total = 0;
  for (let y = 0; y < height; y++) {
    filterRow(a.data, b.data, y * width, innerWidth, rows, (y % 11) * innerWidth);
    if (y < 2 * RADIUS) continue;
    for (let x = 0; x < innerWidth; x++) total += ssimAt(rows, innerWidth, y, x);
  }
  return total / (innerWidth * innerHeight);
}

function filterRow(
  a: Uint8ClampedArray,
  b: Uint8ClampedArray,
  start: number,
  innerWidth: number,
  rows: readonly Float32Array[],
  out: number,
): void {
  const [ma, mb, maa, mbb, mab] = rows as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let x = 0; x < innerWidth; x++) {
    let sa = 0;
    let sb = 0;
    let saa = 0;
    let sbb = 0;
    let sab = 0;
    for (let k = 0; k < 11; k++) {
      const w = KERNEL[k]!;
      const p = a[start + x + k]!;
      const q = b[start + x + k]!;
      sa += w * p;
      sb += w * q;
      saa += w * p * p;
      sbb += w * q * q;
      sab += w * p * q;
    }
    ma[out + x] = sa;
    mb[out + x] = sb;
    maa[out + x] = saa;
    mbb[out + x] = sbb;
    mab[out + x] = sab;
  }
}

function ssimAt(rows: readonly Float32Array[], innerWidth: number, y: number, x: number): number {
  const [ma, mb, maa, mbb, mab] = rows as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  let ua = 0;
  let ub = 0;
  let uaa = 0;
  let ubb = 0;
  let uab = 0;
  for (let k = 0; k < 11; k++) {
    const i = ((y - 10 + k) % 11) * innerWidth + x;
    const w = KERNEL[k]!;
    ua += w * ma[i]!;
    ub += w * mb[i]!;
    uaa += w * maa[i]!;
    ubb += w * mbb[i]!;
    uab += w * mab[i]!;
  }
  const va = uaa - ua * ua;
  const vb = ubb - ub * ub;
  const cov = uab - ua * ub;
  return ((2 * ua * ub + C1) * (2 * cov + C2)) / ((ua * ua + ub * ub + C1) * (va + vb + C2));
}
