import sharp from "sharp";
import { clamp, fbm, hash, type Rgb } from "./noise";

export type Point = readonly [number, number];

/** A square picture in the making: sRGB in 0 … 1 (beyond is allowed until the end), coordinates in 0 … 1. */
export class Canvas {
  readonly data: Float32Array;
  private readonly coverage: Float32Array;

  constructor(readonly size: number) {
    this.data = new Float32Array(size * size * 3);
    this.coverage = new Float32Array(size * size);
  }

  /** Paints every pixel from its place; `samples`² points a pixel. */
  shade(colourAt: (x: number, y: number) => Rgb, samples = 1): void {
    const { size, data } = this;
    for (let j = 0, at = 0; j < size; j++)
      for (let i = 0; i < size; i++, at += 3) {
        let r = 0;
        let g = 0;
        let b = 0;
        for (let s = 0; s < samples * samples; s++) {
          const dx = ((s % samples) + 0.5) / samples;
          const dy = (Math.floor(s / samples) + 0.5) / samples;
          const c = colourAt((i + dx) / size, (j + dy) / size);
          r += c[0];
          g += c[1];
          b += c[2];
        }
        const k = 1 / (samples * samples);
        data[at] = r * k;
        data[at + 1] = g * k;
        data[at + 2] = b * k;
      }
  }

  /** Changes every pixel from its place and present colour. */
  adjust(change: (colour: Rgb, x: number, y: number) => Rgb): void {
    const { size, data } = this;
    for (let j = 0, at = 0; j < size; j++)
      for (let i = 0; i < size; i++, at += 3) {
        const c = change([data[at]!, data[at + 1]!, data[at + 2]!], (i + 0.5) / size, (j + 0.5) / size);
        data.set(c, at);
      }
  }

  colourAt(x: number, y: number): Rgb {
    const i = clamp(Math.floor(x * this.size), 0, this.size - 1);
    const j = clamp(Math.floor(y * this.size), 0, this.size - 1);
    const at = (j * this.size + i) * 3;
    return [this.data[at]!, this.data[at + 1]!, this.data[at + 2]!];
  }

  /** One brush stroke along `points`, of width `from` at its start to `to` at its end. */
  stroke(points: readonly Point[], from: number, to: number, colour: Rgb, alpha = 1): void {
    this.mark(colour, alpha, (mark) => {
      for (let n = 1; n < points.length; n++) {
        const t0 = (n - 1) / (points.length - 1);
        const t1 = n / (points.length - 1);
        mark(points[n - 1]!, points[n]!, (from + (to - from) * t0) / 2, (from + (to - from) * t1) / 2);
      }
    });
  }

  disc(x: number, y: number, radius: number, colour: Rgb, alpha = 1): void {
    this.mark(colour, alpha, (mark) => mark([x, y], [x, y], radius, radius));
  }

  /** Lays capsules into the coverage plane (their union, so joints never show), then the colour over it. */
  private mark(
    colour: Rgb,
    alpha: number,
    draw: (capsule: (a: Point, b: Point, ra: number, rb: number) => void) => void,
  ): void {
    const { size, data, coverage } = this;
    let left = size;
    let top = size;
    let right = 0;
    let bottom = 0;
    draw((a, b, ra, rb) => {
      const ax = a[0] * size;
      const ay = a[1] * size;
      const bx = b[0] * size - ax;
      const by = b[1] * size - ay;
      const r0 = ra * size;
      const r1 = rb * size;
      const reach = Math.max(r0, r1, 0.5) + 1;
      const x0 = clamp(Math.floor(Math.min(ax, ax + bx) - reach), 0, size);
      const x1 = clamp(Math.ceil(Math.max(ax, ax + bx) + reach), 0, size);
      const y0 = clamp(Math.floor(Math.min(ay, ay + by) - reach), 0, size);
      const y1 = clamp(Math.ceil(Math.max(ay, ay + by) + reach), 0, size);
      const square = bx * bx + by * by;
      for (let y = y0; y < y1; y++)
        for (let x = x0; x < x1; x++) {
          const px = x + 0.5 - ax;
          const py = y + 0.5 - ay;
          const t = square > 0 ? clamp((px * bx + py * by) / square) : 0;
          const radius = r0 + (r1 - r0) * t;
          const distance = Math.hypot(px - bx * t, py - by * t);
          // A hair thinner than a pixel keeps its place and loses strength.
          const inside = clamp(Math.max(radius, 0.5) - distance + 0.5) * Math.min(1, radius * 2);
          const at = y * size + x;
          if (inside > coverage[at]!) coverage[at] = inside;
        }
      left = Math.min(left, x0);
      top = Math.min(top, y0);
      right = Math.max(right, x1);
      bottom = Math.max(bottom, y1);
    });
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) {
        const a = coverage[y * size + x]! * alpha;
        if (a === 0) continue;
        coverage[y * size + x] = 0;
        const at = (y * size + x) * 3;
        for (let c = 0; c < 3; c++) data[at + c] = data[at + c]! + (colour[c]! - data[at + c]!) * a;
      }
  }

  /** Draws an SVG fragment (user units 0 … 1000) over the picture. */
  async svg(fragment: string, alpha = 1): Promise<void> {
    const layer = await svgLayer(this.size, fragment);
    for (let at = 0, n = 0; n < layer.length; at += 3, n += 4) {
      const a = (layer[n + 3]! / 255) * alpha;
      if (a === 0) continue;
      for (let c = 0; c < 3; c++)
        this.data[at + c] = this.data[at + c]! * (1 - a) + (layer[n + c]! / 255) * a;
    }
  }

  /** Film: grain that is strongest in the middle tones, a soft vignette; the last step of every picture. */
  finish(grain = 0.02, vignette = 0.15, seed = 7): this {
    const { size } = this;
    this.adjust((c, x, y) => {
      const shade = 1 - vignette * clamp(((x - 0.5) ** 2 + (y - 0.5) ** 2) * 2) ** 1.5;
      const light = clamp((c[0] + c[1] + c[2]) / 3);
      const coarse = fbm(x * 512, y * 512, 2, seed) - 0.5;
      const fine = hash(Math.floor(x * size), Math.floor(y * size), seed) - 0.5;
      const g = grain * (coarse + fine * 0.6) * (0.45 + 2.2 * light * (1 - light));
      return [c[0] * shade + g, c[1] * shade + g, c[2] * shade + g];
    });
    return this;
  }

  /** RGB, 8 bits a channel. */
  toBytes(): Uint8Array {
    return Uint8Array.from(this.data, (v) => Math.round(clamp(v) * 255));
  }
}

/** RGBA bytes of an SVG fragment (user units 0 … 1000) on nothing. */
export async function svgLayer(size: number, fragment: string): Promise<Uint8Array> {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${size}" height="${size}" viewBox="0 0 1000 1000">`;
  return sharp(Buffer.from(`${head}${fragment}</svg>`))
    .ensureAlpha()
    .raw()
    .toBuffer();
}
