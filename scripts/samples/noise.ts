/** Small deterministic mathematics of the sample pictures: interpolation, random numbers, noise. */

export type Rgb = readonly [number, number, number];

export const clamp = (x: number, low = 0, high = 1): number => Math.min(Math.max(x, low), high);

export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;

export const smoothstep = (low: number, high: number, x: number): number => {
  const t = clamp((x - low) / (high - low));
  return t * t * (3 - 2 * t);
};

export const mixRgb = (a: Rgb, b: Rgb, t: number): Rgb => [
  mix(a[0], b[0], t),
  mix(a[1], b[1], t),
  mix(a[2], b[2], t),
];

export const scaleRgb = (a: Rgb, k: number): Rgb => [a[0] * k, a[1] * k, a[2] * k];

/** `#rrggbb` → sRGB in 0 … 1. */
export function hex(text: string): Rgb {
  const n = Number.parseInt(text.slice(1), 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}

/** A colour ramp: stops `[position, colour]` in rising order, smooth between them. */
export function ramp(stops: readonly (readonly [number, Rgb])[], t: number): Rgb {
  let previous = stops[0]!;
  for (const stop of stops) {
    if (t <= stop[0])
      return stop === previous ? stop[1] : mixRgb(previous[1], stop[1], smoothstep(previous[0], stop[0], t));
    previous = stop;
  }
  return previous[1];
}

/** mulberry32: numbers in [0, 1), the same on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A number in [0, 1) for a lattice point. */
export function hash(x: number, y: number, z = 0): number {
  let h = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(z, 1440662683);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 15), 2246822519);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Value noise in 0 … 1, one cell a unit; `seed` picks another field. */
export function noise(x: number, y: number, seed = 0): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fx = x - ix;
  const fy = y - iy;
  const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
  const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
  const top = mix(hash(ix, iy, seed), hash(ix + 1, iy, seed), u);
  const bottom = mix(hash(ix, iy + 1, seed), hash(ix + 1, iy + 1, seed), u);
  return mix(top, bottom, v);
}

/** Sum of octaves, each turned a little so that the lattice does not show; about 0 … 1. */
export function fbm(x: number, y: number, octaves = 5, seed = 0): number {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  let px = x;
  let py = y;
  for (let i = 0; i < octaves; i++) {
    sum += weight * noise(px, py, seed + i);
    total += weight;
    weight *= 0.5;
    const nx = 1.6 * px + 1.2 * py;
    py = 1.6 * py - 1.2 * px;
    px = nx;
  }
  return sum / total;
}

/** Sharp crests, soft valleys; about 0 … 1. */
export function ridged(x: number, y: number, octaves = 5, seed = 0): number {
  let sum = 0;
  let weight = 0.5;
  let frequency = 1;
  for (let i = 0; i < octaves; i++) {
    const n = 1 - Math.abs(2 * noise(x * frequency, y * frequency, seed + i) - 1);
    sum += weight * n * n;
    weight *= 0.5;
    frequency *= 2.03;
  }
  return sum;
}
