import { type Code, Role } from "../encode/code";
import type { Level } from "../jury/levels";
import type { Palette, Rgb } from "../picture/palette";
import type { Raster } from "../raster";
import type { Grid } from "../weave/grid";
import { lumaAt, setLuma } from "../weave/luma";

/**
 * How much of the picture's light is left in timing, format and version modules, and their least distance from black
 * or white. Where a reader with one threshold for the whole picture counts, they must stand clear of wherever it falls.
 */
const GHOSTS: Readonly<Record<Level, { readonly share: number; readonly floor: number }>> = {
  art: { share: 0.22, floor: 22 },
  balanced: { share: 0.1, floor: 12 },
  everywhere: { share: 0.1, floor: 12 },
};

/**
 * The canvas before any data module is touched: the picture, a plain tinted quiet zone, flat finders and alignment
 * patterns, and the picture's ghost in the other function patterns.
 * @param picture `grid.codePx` a side.
 */
export function paintBase(picture: Raster, code: Code, grid: Grid, palette: Palette, level: Level): Raster {
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
        else haunt(data, p, dark, GHOSTS[level]);
      }
  }
  return { width: canvasPx, height: canvasPx, data };
}

function haunt(data: Uint8ClampedArray, p: number, dark: boolean, ghost: (typeof GHOSTS)[Level]): void {
  const luma = lumaAt(data, p);
  const { share, floor } = ghost;
  setLuma(data, p, dark ? floor + share * luma : 255 - floor - share * (255 - luma));
}

function fill(data: Uint8ClampedArray, [red, green, blue]: Rgb): void {
  for (let i = 0; i < data.length; i += 4) {
    data[i] = red;
    data[i + 1] = green;
    data[i + 2] = blue;
    data[i + 3] = 255;
  }
}
