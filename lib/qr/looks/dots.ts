import { type Colour, circle, type Shape } from "../drawing/drawing";
import { QUIET_ZONE } from "../encode/code";
import { isFree } from "../encode/encode";
import { inkAndPaper, lumaOf, vivid, withLuma } from "./colours";
import { eachDataModule, functionPatterns } from "./function-patterns";
import type { DrawLook } from "./look";
import { measureTones } from "./tones";

/** Dots a module along each side: one in its middle, two on its edges, one at its corner. */
const PER_MODULE = 2;
const VIVID = 1.5;
/** Luma of a dot: its colour is deepened into this range, its size makes up for the rest. */
const DEEPEST = 0.1;
const PALEST = 0.56;
const DARK_MIDDLE = 0.34;

/**
 * Round dots in the picture's colours on paper, their size and depth together as light as the picture. The dot in a
 * module's middle carries its bit, large and deep or left open; the dots between belong to the picture and fade
 * with strength.
 */
export const dots: DrawLook = (code, picture, options, strength) => {
  const { ink, paper } = inkAndPaper(options);
  const tones = measureTones(code, picture, 2 * PER_MODULE);
  const { size, roles } = code;
  const paperLuma = lumaOf(paper);
  const colourAt = (x: number, y: number): Colour => {
    const cell = (v: number): number => Math.min(tones.side - 1, Math.floor(v * tones.perModule));
    return vivid(tones.colourAt(cell(y) * tones.side + cell(x)), VIVID);
  };
  const dot = (x: number, y: number, radius: number, luma: number): Shape =>
    circle(x + QUIET_ZONE, y + QUIET_ZONE, radius, withLuma(colourAt(x, y), luma));

  const between: Shape[] = [];
  const free = (x: number, y: number): boolean => isFree(roles[Math.floor(y) * size + Math.floor(x)]!);
  for (let j = 1; j < size * PER_MODULE; j++)
    for (let i = 1; i < size * PER_MODULE; i++) {
      if (i % 2 === 1 && j % 2 === 1) continue;
      const [x, y] = [i / PER_MODULE, j / PER_MODULE];
      if (!(free(x - 0.1, y - 0.1) && free(x, y) && free(x - 0.1, y) && free(x, y - 0.1))) continue;
      const tone = tones.toneAt(x, y) * paperLuma;
      const luma = Math.min(PALEST, Math.max(DEEPEST, tone * 0.85));
      const cover = Math.min(1, Math.max(0, (paperLuma - tone) / (paperLuma - luma)));
      const radius = (Math.sqrt(cover / Math.PI) / PER_MODULE) * (1 - strength ** 1.5);
      if (radius > 0.035) between.push(dot(x, y, Math.min(radius, 0.27), luma));
    }

  const middles: Shape[] = [];
  eachDataModule(code, (mx, my, dark) => {
    const [x, y] = [mx + 0.5, my + 0.5];
    const tone = tones.toneAt(x, y) * (1 - strength);
    if (dark) {
      const radius = 0.26 + 0.12 * (1 - tone) + 0.12 * strength;
      middles.push(dot(x, y, radius, Math.min(DARK_MIDDLE, Math.max(DEEPEST, tone * 0.7))));
      return;
    }
    middles.push(circle(x + QUIET_ZONE, y + QUIET_ZONE, 0.25 + 0.2 * strength, paper));
  });
  return {
    sideModules: size + 2 * QUIET_ZONE,
    background: paper,
    shapes: [...between, ...middles, ...functionPatterns(code, ink, paper)],
  };
};
