import { type Hex, toRgb } from "../colour";
import { createRandom } from "../random";
import type { Words } from "../vocabulary";
import { noise } from "./noise";
import { edges, type Pixels } from "./raster";

/** A style that is in no base data: a LoRA learns it, by its trigger word. */
export type TaughtStyle = {
  /** How a caption names it; the trigger word is the key. */
  readonly words: Words;
  /** Draws over a flat picture. `shift` moves what is random. */
  readonly apply: (pixels: Pixels, shift: number) => void;
};

export const TAUGHT_STYLES = {
  mosaic: { words: { en: "mosaic style", zh: "马赛克风格" }, apply: drawMosaic },
  chalkboard: { words: { en: "chalkboard style", zh: "黑板画风格" }, apply: drawChalkboard },
  halftone: { words: { en: "halftone style", zh: "网点漫画风格" }, apply: drawHalftone },
} as const satisfies Readonly<Record<string, TaughtStyle>>;

/** @throws Error naming those there are */
export function findTaughtStyle(name: string): TaughtStyle {
  const found = (TAUGHT_STYLES as Readonly<Record<string, TaughtStyle>>)[name];
  if (!found)
    throw new Error(`no style is called ${name}: there are ${Object.keys(TAUGHT_STYLES).join(", ")}`);
  return found;
}

const luma = (data: Uint8Array, i: number): number =>
  (0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!) / 255;

/** Tiles of many-cornered shapes, each of one colour, with pale grout between them. */
function drawMosaic({ data, size }: Pixels, shift: number): void {
  const source = Uint8Array.from(data);
  const cells = 20;
  const pitch = size / cells;
  const random = createRandom("mosaic", shift % 64);
  const seeds = Array.from({ length: cells * cells }, (_, k) => ({
    x: ((k % cells) + 0.5 + random.range(-0.34, 0.34)) * pitch,
    y: (Math.floor(k / cells) + 0.5 + random.range(-0.34, 0.34)) * pitch,
    light: random.range(-14, 14),
  }));
  const grout = toRgb("#efe9dc");
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const [cx, cy] = [Math.floor(x / pitch), Math.floor(y / pitch)];
      let [near, next, tile] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, seeds[0]!];
      for (let v = Math.max(0, cy - 1); v <= Math.min(cells - 1, cy + 1); v += 1)
        for (let u = Math.max(0, cx - 1); u <= Math.min(cells - 1, cx + 1); u += 1) {
          const seed = seeds[v * cells + u]!;
          const d = Math.hypot(seed.x - x - 0.5, seed.y - y - 0.5);
          if (d < near) [near, next, tile] = [d, near, seed];
          else if (d < next) next = d;
        }
      const gap = Math.min(1, Math.max(0, 1 - (next - near) / (pitch * 0.24)));
      const from =
        (Math.min(size - 1, Math.max(0, Math.round(tile.y))) * size +
          Math.min(size - 1, Math.max(0, Math.round(tile.x)))) *
        3;
      const i = (y * size + x) * 3;
      for (let c = 0; c < 3; c += 1)
        data[i + c] =
          Math.min(255, Math.max(0, source[from + c]! + tile.light)) * (1 - gap) + grout[c]! * gap;
    }
}

/** Chalk on a green board: outlines, and within them a dusty hint of the colours. */
function drawChalkboard(pixels: Pixels, shift: number): void {
  const { data, size } = pixels;
  const strength = edges(pixels);
  const dust = noise("chalk-dust", size, size >> 1);
  const cloud = noise("chalk-cloud", size, 7);
  const board = toRgb("#24463c");
  const count = size * size;
  for (let i = 0; i < count; i += 1) {
    const n = (i + shift * 977) % count;
    const line = Math.min(1, Math.max(0, (strength[i]! - 14) / 30)) * (0.62 + 0.38 * dust[n]!);
    const fill = luma(data, i * 3) * 0.42 * (0.35 + 0.65 * dust[n]!);
    for (let c = 0; c < 3; c += 1) {
      const ground = board[c]! + (cloud[n]! - 0.5) * 22;
      const tinted = ground + (data[i * 3 + c]! - ground) * fill;
      data[i * 3 + c] = tinted + ((c === 2 ? 232 : 244) - tinted) * line;
    }
  }
}

/** A printed comic: few colours, shadows as dots of ink on a slanted grid. */
function drawHalftone(pixels: Pixels, shift: number): void {
  const { data, size } = pixels;
  const ink: readonly number[] = toRgb("#1f1b3a" satisfies Hex);
  const strength = edges(pixels);
  const pitch = size / 24;
  const phase = (shift % 8) / 8;
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const i = y * size + x;
      const u = (x + y) / pitch / Math.SQRT2 + phase;
      const v = (x - y) / pitch / Math.SQRT2 + phase;
      const distance = Math.hypot(u - Math.round(u), v - Math.round(v));
      // Dots grow where it is dark, and are gone where it is light.
      const radius = 0.62 * Math.sqrt(Math.max(0, 0.82 - luma(data, i * 3)));
      const dot = Math.min(1, Math.max(0, (radius - distance) * pitch * 0.9));
      const line = Math.min(1, Math.max(0, (strength[i]! - 24) / 40));
      const a = Math.max(dot * 0.85, line);
      for (let c = 0; c < 3; c += 1) {
        const flat = Math.round(data[i * 3 + c]! / 64) * 64;
        const bright = Math.min(255, flat * 0.72 + 86);
        data[i * 3 + c] = bright * (1 - a) + ink[c]! * a;
      }
    }
}
