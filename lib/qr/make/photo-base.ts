import { type Code, Role } from "../encode/code";
import type { Palette, Rgb } from "../picture/palette";
import type { Raster } from "../raster";
import type { Grid } from "../weave/grid";
import { lumaAt, setLuma } from "../weave/luma";

/** How much of the picture's light is left in timing, format and version modules: enough to sit in it, too little to misread. */
const GHOST = 0.22;
const GHOST_FLOOR = 22;

/**
 * The canvas before any data module is touched: the picture, a plain tinted quiet zone, flat finders and alignment
 * patterns, and the picture's ghost in the other function patterns.
 * @param picture `grid.codePx` a side.
 */
export function paintBase(picture: Raster, code: Code, grid: Grid, palette: Palette): Raster {
  const { canvasPx, originPx, codePx, modulePx, modules } = grid;
  const data = new Uint8ClampedArray(canvasPx * canvasPx * 4);
  fill(data, palette.light);
  for (let y = 0; y < codePx; y++) {
    const to = ((y + originPx) * canvasPx + originPx) * 4;
    data.set(picture.data.subarray(y * codePx * 4, (y + 1) * codePx * 4), to);
  }
  for (let i = 0; i < code.modules.length; i++) {
    const role = code.roles[i]!;
    if (role === Role.data || role === Role.remainder) continue;
    const flat = role === Role.finder || role === Role.separator || role === Role.alignment;
    const dark = code.modules[i] === 1;
    const x0 = originPx + (i % modules) * modulePx;
    const y0 = originPx + Math.floor(i / modules) * modulePx;
    for (let y = y0; y < y0 + modulePx; y++)
      for (let x = x0; x < x0 + modulePx; x++) {
        const p = (y * canvasPx + x) * 4;
        if (flat) data.set(dark ? palette.dark : palette.light, p);
        else haunt(data, p, dark);
      }
  }
  return { width: canvasPx, height: canvasPx, data };
}

function haunt(data: Uint8ClampedArray, p: number, dark: boolean): void {
  const luma = lumaAt(data, p);
  setLuma(data, p, dark ? GHOST_FLOOR + GHOST * luma : 255 - GHOST_FLOOR - GHOST * (255 - luma));
}

function fill(data: Uint8ClampedArray, [red, green, blue]: Rgb): void {
  for (let i = 0; i < data.length; i += 4) {
    data[i] = red;
    data[i + 1] = green;
    data[i + 2] = blue;
    data[i + 3] = 255;
  }
}
