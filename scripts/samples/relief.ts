import type { Point } from "./canvas";
import { clamp, type Rgb } from "./noise";

/** What lies at a place of a relief: how high, what colour, how shiny (0 … 1). */
export interface Layer {
  readonly height: number;
  readonly colour: Rgb;
  readonly gloss: number;
}

/** A picture modelled from above as a height for every pixel (in picture widths), lit at the end. */
export class Relief {
  readonly height: Float32Array;
  private readonly colour: Float32Array;
  private readonly gloss: Float32Array;

  constructor(readonly size: number) {
    this.height = new Float32Array(size * size);
    this.colour = new Float32Array(size * size * 3);
    this.gloss = new Float32Array(size * size);
  }

  /** Lays what `at` returns inside a box of the picture wherever it is higher than what is there. */
  lay(box: readonly [number, number, number, number], at: (x: number, y: number) => Layer | null): void {
    const { size } = this;
    const edge = (v: number): number => clamp(Math.round(v * size), 0, size);
    for (let j = edge(box[1]); j < edge(box[3]); j++)
      for (let i = edge(box[0]); i < edge(box[2]); i++) {
        const layer = at((i + 0.5) / size, (j + 0.5) / size);
        if (layer) this.put(j * size + i, layer);
      }
  }

  private put(n: number, { height, colour, gloss }: Layer): void {
    if (height <= this.height[n]!) return;
    this.height[n] = height;
    this.gloss[n] = gloss;
    this.colour.set(colour, n * 3);
  }

  /** A tube along `points` whose centre line runs at height `z(t)`; `paint` gets t along and s (−1 … 1) across. */
  tube(
    points: readonly Point[],
    radius: number,
    z: (t: number) => number,
    paint: (t: number, s: number) => Rgb,
    gloss: number,
  ): void {
    for (let k = 1; k < points.length; k++) {
      const [ax, ay] = points[k - 1]!;
      const [bx, by] = [points[k]![0] - ax, points[k]![1] - ay];
      const square = bx * bx + by * by;
      const box = [
        Math.min(ax, ax + bx) - radius,
        Math.min(ay, ay + by) - radius,
        Math.max(ax, ax + bx) + radius,
        Math.max(ay, ay + by) + radius,
      ] as const;
      this.lay(box, (x, y) => {
        const along = clamp(((x - ax) * bx + (y - ay) * by) / square);
        const dx = x - ax - bx * along;
        const dy = y - ay - by * along;
        const d = Math.hypot(dx, dy) / radius;
        if (d >= 1) return null;
        const t = (k - 1 + along) / (points.length - 1);
        return {
          height: z(t) + radius * Math.sqrt(1 - d * d),
          colour: paint(t, d * Math.sign(dx * by - dy * bx)),
          gloss,
        };
      });
    }
  }

  /** Lamp from the upper left, soft shadows by walking towards it, dusk in the hollows. */
  light(into: Float32Array): void {
    const { size, height } = this;
    const [lx, ly, lz] = [-0.46, -0.58, 0.67];
    const open = this.openness();
    for (let j = 0, n = 0; j < size; j++)
      for (let i = 0; i < size; i++, n++) {
        const left = height[n - (i > 0 ? 1 : 0)]!;
        const right = height[n + (i < size - 1 ? 1 : 0)]!;
        const above = height[n - (j > 0 ? size : 0)]!;
        const below = height[n + (j < size - 1 ? size : 0)]!;
        const nx = ((left - right) * size) / 2;
        const ny = ((above - below) * size) / 2;
        const k = 1 / Math.hypot(nx, ny, 1);
        const lambert = Math.max(0, (nx * lx + ny * ly + lz) * k);
        const sun = lambert * this.sunlight(i, j, height[n]!, lx / lz, ly / lz);
        const shine = clamp((nx * -0.25 + ny * -0.32 + 0.914) * k);
        const gloss = this.gloss[n]!;
        const sparkle = gloss * (shine ** 90 * 0.9 + shine ** 18 * 0.16) * (0.35 + 0.65 * sun);
        const sky = open[n]!;
        for (let c = 0; c < 3; c++) {
          const warm = [1.12, 1.02, 0.9][c]!;
          const cool = [0.4, 0.43, 0.5][c]!;
          into[n * 3 + c] = this.colour[n * 3 + c]! * (warm * sun * 0.82 + cool * sky) + sparkle;
        }
      }
  }

  /** Share of a broad lamp that can be seen from a pixel: the blocked height against the slope of the light. */
  private sunlight(i: number, j: number, from: number, sx: number, sy: number): number {
    const { size, height } = this;
    let seen = 1;
    for (let step = 1; step <= 26; step++) {
      const rise = (step * step * 0.16 + step) / 1024;
      const x = Math.round(i + sx * rise * size);
      const y = Math.round(j + sy * rise * size);
      if (x < 0 || y < 0 || x >= size || y >= size) break;
      const over = height[y * size + x]! - (from + rise + 0.0008);
      seen = Math.min(seen, 1 - over / (rise * 0.5 + 0.0015));
      if (seen <= 0) return 0;
    }
    return seen;
  }

  /** How open to the sky: 1 on ridges and plains, less in hollows, from the height against its surroundings. */
  private openness(): Float32Array {
    const { size, height } = this;
    const open = new Float32Array(size * size).fill(1);
    for (const [reach, weight] of [
      [0.006, 26],
      [0.02, 9],
      [0.05, 3.2],
    ] as const) {
      const mean = boxBlur(
        boxBlur(height, size, Math.max(1, Math.round(reach * size))),
        size,
        Math.max(1, Math.round(reach * size)),
      );
      for (let n = 0; n < open.length; n++)
        open[n] = open[n]! * clamp(1 - Math.max(0, mean[n]! - height[n]!) * weight, 0.25, 1);
    }
    return open;
  }
}

/** Mean over a (2·reach+1)² window, by running sums. */
function boxBlur(plane: Float32Array, size: number, reach: number): Float32Array {
  const pass = (from: Float32Array, step: number, line: number): Float32Array => {
    const to = new Float32Array(from.length);
    for (let row = 0; row < size; row++) {
      const start = row * line;
      const value = (n: number): number => from[start + clamp(n, 0, size - 1) * step]!;
      let sum = 0;
      for (let n = -reach; n <= reach; n++) sum += value(n);
      for (let n = 0; n < size; n++) {
        to[start + n * step] = sum / (2 * reach + 1);
        sum += value(n + reach + 1) - value(n - reach);
      }
    }
    return to;
  };
  return pass(pass(plane, 1, size), size, 1);
}
