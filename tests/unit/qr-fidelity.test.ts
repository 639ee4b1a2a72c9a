import { describe, expect, test } from "vitest";
import { deltaE2000, meanDeltaE, toLab } from "@/lib/qr/fidelity/delta-e";
import { ssim } from "@/lib/qr/fidelity/ssim";
import type { Gray } from "@/lib/qr/raster";
import golden from "../golden/ssim/ssim.json";

const CHANGES: Record<keyof typeof golden.ssim, (v: number, x: number, y: number) => number> = {
  same: (v) => v,
  brighter: (v) => v + 20,
  flatter: (v) => 128 + (v - 128) * 0.5,
  dots: (v, x, y) => (x % 9 < 3 && y % 9 < 3 ? 255 : v),
  inverted: (v) => 255 - v,
};

function picture(change: (v: number, x: number, y: number) => number): Gray {
  const { width, height } = golden;
  const data = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = 128 + 60 * Math.sin(x / 7) + 50 * Math.cos(y / 5 + x / 11);
      data[y * width + x] = Math.trunc(Math.min(255, Math.max(0, change(value, x, y))));
    }
  return { width, height, data };
}

describe("ssim", () => {
  for (const [name, expected] of Object.entries(golden.ssim))
    test(`equals scikit-image within 1e-4: ${name}`, () => {
      const value = ssim(picture(CHANGES.same), picture(CHANGES[name as keyof typeof CHANGES]));
      expect(Math.abs(value - expected)).toBeLessThan(1e-4);
    });
});

// Sharma, Wu & Dalal 2005, table 1: L1 a1 b1, L2 a2 b2, ΔE2000.
const SHARMA = [
  [50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425],
  [50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615],
  [50, 2.8361, -74.02, 50, 0, -82.7485, 3.4412],
  [50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0],
  [50, -1.1848, -84.8006, 50, 0, -82.7485, 1.0],
  [50, -0.9009, -85.5211, 50, 0, -82.7485, 1.0],
  [50, 0, 0, 50, -1, 2, 2.3669],
  [50, -1, 2, 50, 0, 0, 2.3669],
  [50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792],
  [50, 2.49, -0.001, 50, -2.49, 0.001, 7.1792],
  [50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195],
  [50, 2.49, -0.001, 50, -2.49, 0.0012, 7.2195],
  [50, -0.001, 2.49, 50, 0.0009, -2.49, 4.8045],
  [50, -0.001, 2.49, 50, 0.001, -2.49, 4.8045],
  [50, -0.001, 2.49, 50, 0.0011, -2.49, 4.7461],
  [50, 2.5, 0, 50, 0, -2.5, 4.3065],
  [50, 2.5, 0, 73, 25, -18, 27.1492],
  [50, 2.5, 0, 61, -5, 29, 22.8977],
  [50, 2.5, 0, 56, -27, -3, 31.903],
  [50, 2.5, 0, 58, 24, 15, 19.4535],
  [50, 2.5, 0, 50, 3.1736, 0.5854, 1.0],
  [50, 2.5, 0, 50, 3.2972, 0, 1.0],
  [50, 2.5, 0, 50, 1.8634, 0.5757, 1.0],
  [50, 2.5, 0, 50, 3.2592, 0.335, 1.0],
  [60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644],
  [63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.263],
  [61.2901, 3.7196, -5.3901, 61.4292, 2.248, -4.962, 1.8731],
  [35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645],
  [22.7233, 20.0904, -46.694, 23.0331, 14.973, -42.5619, 2.0373],
  [36.4612, 47.858, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146],
  [90.8027, -2.0831, 1.441, 91.1528, -1.6435, 0.0447, 1.4441],
  [90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381],
  [6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377],
  [2.0776, 0.0795, -1.135, 0.9033, -0.0636, -0.5514, 0.9082],
] as const;

describe("ΔE2000", () => {
  test("equals the published test pairs to four decimals, both ways round", () => {
    for (const [l1, a1, b1, l2, a2, b2, expected] of SHARMA) {
      expect(deltaE2000([l1, a1, b1], [l2, a2, b2])).toBeCloseTo(expected, 3.5);
      expect(deltaE2000([l2, a2, b2], [l1, a1, b1])).toBeCloseTo(expected, 3.5);
    }
  });

  test("sRGB primaries have their published Lab values", () => {
    const known = [
      [255, 255, 255, 100, 0, 0],
      [255, 0, 0, 53.24, 80.09, 67.2],
      [0, 0, 255, 32.3, 79.19, -107.86],
    ] as const;
    for (const [r, g, b, ...lab] of known)
      for (const [i, value] of toLab(r, g, b).entries()) expect(value).toBeCloseTo(lab[i]!, 1);
  });

  test("the mean over a picture counts unchanged pixels as 0", () => {
    const raster = (value: number) => {
      const data = new Uint8ClampedArray(4 * 4 * 4).fill(255);
      data.fill(value, 0, 32);
      return { width: 4, height: 4, data };
    };
    const whole = meanDeltaE(raster(0), raster(0), 1);
    const half = meanDeltaE(raster(0), raster(40), 1);
    const pixel = deltaE2000(toLab(0, 0, 0), toLab(40, 40, 40));
    expect(whole).toBe(0);
    expect(half).toBeCloseTo(pixel / 2, 10);
  });
});
