import type { Gray } from "../raster";

/** Every grey level through one curve, rounded and clipped to 0 … 255. */
export function tone({ data, width, height }: Gray, curve: (grey: number) => number): Gray {
  const table = Uint8ClampedArray.from({ length: 256 }, (_, grey) => curve(grey));
  const out = new Uint8ClampedArray(data.length);
  for (let i = 0; i < out.length; i++) out[i] = table[data[i]!]!;
  return { width, height, data: out };
}

/** Light falls off evenly along the diagonal, from full in the top left to `least` (0 … 1) in the bottom right. */
export function shadow({ data, width, height }: Gray, least: number): Gray {
  const out = new Uint8ClampedArray(data.length);
  const step = (1 - least) / (width + height - 2);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) out[i] = data[i]! * (1 - (x + y) * step);
  }
  return { width, height, data: out };
}

/** Ink runs: every pixel becomes the darkest of the 3×3 around it, so dark areas grow by a pixel on every side. */
export function dotGain({ data, width, height }: Gray): Gray {
  const across = new Uint8ClampedArray(data.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const left = x > 0 ? data[i - 1]! : 255;
      const right = x < width - 1 ? data[i + 1]! : 255;
      across[i] = Math.min(data[i]!, left, right);
    }
  }
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const above = y > 0 ? across[i - width]! : 255;
      const below = y < height - 1 ? across[i + width]! : 255;
      out[i] = Math.min(across[i]!, above, below);
    }
  }
  return { width, height, data: out };
}

/** Sensor noise: near-normal (a sum of four even draws), mean 0, the same for every run with the same seed. */
export function noise({ data, width, height }: Gray, sigma: number, seed: number): Gray {
  const out = new Uint8ClampedArray(data.length);
  let state = seed | 1;
  // Four 8-bit draws out of one 32-bit state: mean 510, variance 4 · (256² − 1) / 12.
  const scale = sigma / Math.sqrt((4 * (256 * 256 - 1)) / 12);
  for (let i = 0; i < data.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const sum = (state & 255) + ((state >>> 8) & 255) + ((state >>> 16) & 255) + (state >>> 24);
    out[i] = data[i]! + (sum - 510) * scale;
  }
  return { width, height, data: out };
}
