import { circle, type Shape } from "../drawing/drawing";
import { QUIET_ZONE } from "../encode/code";
import { isFree } from "../encode/encode";
import { inkAndPaper, vivid, withLuma } from "./colours";
import { eachDataModule, functionPatterns } from "./function-patterns";
import type { DrawLook } from "./look";
import { measureTones } from "./tones";

/** Cells a module: every other cell centre is the middle of a module, the others lie where four modules meet. */
const PER_MODULE = 2;

/**
 * Round dots in the picture's colours on paper: a dot in the middle of every module carries its bit, large and deep
 * or small and pale; a dot wherever four modules meet belongs to the picture alone and fades with strength.
 */
export const dots: DrawLook = (code, picture, options, strength) => {
  const { ink, paper } = inkAndPaper(options);
  const tones = measureTones(code, picture, PER_MODULE);
  const { size, roles } = code;
  const colourAround = (x: number, y: number): number =>
    Math.min(tones.side - 1, Math.floor(y * PER_MODULE)) * tones.side +
    Math.min(tones.side - 1, Math.floor(x * PER_MODULE));
  const between: Shape[] = [];
  for (let y = 1; y < size; y++)
    for (let x = 1; x < size; x++) {
      const around = [0, -1, -size, -size - 1].map((step) => y * size + x + step);
      if (!around.every((m) => isFree(roles[m]!))) continue;
      const darkness = 1 - tones.toneAt(x, y);
      const radius = (0.05 + 0.27 * darkness) * (1 - strength);
      if (radius < 0.06) continue;
      const colour = vivid(tones.colourAt(colourAround(x, y)), 1.35);
      between.push(circle(x + QUIET_ZONE, y + QUIET_ZONE, radius, withLuma(colour, 0.75 - 0.6 * darkness)));
    }
  const middles: Shape[] = [];
  eachDataModule(code, (mx, my, dark) => {
    const x = mx + 0.5;
    const y = my + 0.5;
    const tone = tones.toneAt(x, y);
    const colour = vivid(tones.colourAt(colourAround(x, y)), 1.35);
    if (dark) {
      const depth = Math.min(tone, 0.5) * (1 - strength);
      const radius = 0.44 - 0.1 * depth * 2 + 0.06 * strength;
      middles.push(circle(x + QUIET_ZONE, y + QUIET_ZONE, radius, withLuma(colour, 0.08 + 0.42 * depth)));
      return;
    }
    const pale = Math.max(0, 1 - tone) * (1 - strength);
    const radius = 0.12 + 0.2 * pale;
    middles.push(circle(x + QUIET_ZONE, y + QUIET_ZONE, radius, withLuma(colour, 0.9 - 0.14 * pale)));
  });
  return {
    sideModules: size + 2 * QUIET_ZONE,
    background: paper,
    shapes: [...between, ...middles, ...functionPatterns(code, ink, paper)],
  };
};
