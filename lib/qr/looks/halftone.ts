import { circle, rect, type Shape } from "../drawing/drawing";
import { QUIET_ZONE } from "../encode/code";
import { inkAndPaper } from "./colours";
import { eachDataModule, functionPatterns } from "./function-patterns";
import type { DrawLook } from "./look";
import { measureTones } from "./tones";

/** Dots a module, along each side. */
const PER_MODULE = 3;
/** Part of a cell: beyond this a dot is not worth its ink, and at the largest neighbours meet. */
const LEAST_RADIUS = 0.1;
const LARGEST_RADIUS = 0.66;

/**
 * One ink, nine places a module: the middle one carries the bit, the eight around it screen the picture with dots
 * whose size follows its darkness. Strength makes the middle larger and draws its neighbours to its side.
 * @source Chu et al., "Halftone QR Codes", SIGGRAPH Asia 2013
 */
export const halftone: DrawLook = (code, picture, options, strength) => {
  const { ink, paper } = inkAndPaper(options);
  const { side, tone } = measureTones(code, picture, PER_MODULE);
  const cell = 1 / PER_MODULE;
  const middle = cell * (1.05 + 1.35 * strength);
  const shapes: Shape[] = [];
  const marks: Shape[] = [];
  eachDataModule(code, (mx, my, dark) => {
    const x0 = mx + QUIET_ZONE;
    const y0 = my + QUIET_ZONE;
    for (let sy = 0; sy < PER_MODULE; sy++)
      for (let sx = 0; sx < PER_MODULE; sx++) {
        if (sx === 1 && sy === 1) continue;
        const own = tone[(my * PER_MODULE + sy) * side + mx * PER_MODULE + sx]!;
        const darkness = 1 - own + ((dark ? 1 : 0) - (1 - own)) * strength ** 1.5;
        const radius = Math.min(LARGEST_RADIUS, Math.sqrt(darkness / Math.PI) * 1.12);
        if (radius > LEAST_RADIUS)
          shapes.push(circle(x0 + (sx + 0.5) * cell, y0 + (sy + 0.5) * cell, radius * cell, ink));
      }
    const inset = (1 - middle) / 2;
    marks.push(
      rect(x0 + inset, y0 + inset, middle, middle, dark ? ink : paper, middle * 0.2 * (1 - strength)),
    );
  });
  return {
    sideModules: code.size + 2 * QUIET_ZONE,
    background: paper,
    shapes: [...shapes, ...marks, ...functionPatterns(code, ink, paper)],
  };
};
