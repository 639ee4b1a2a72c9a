import type { Code } from "../encode/code";
import type { Raster } from "../raster";
import { gridOf } from "../weave/grid";

/** A code in black on white, nothing else. */
export function plainRaster(code: Code, sizePx: number): Raster {
  const { canvasPx, originPx, modulePx, modules } = gridOf(code.version, sizePx);
  const pixels = new Uint32Array(canvasPx * canvasPx).fill(0xffffffff);
  const black = new Uint32Array(Uint8Array.of(0, 0, 0, 255).buffer)[0]!;
  code.modules.forEach((dark, i) => {
    if (!dark) return;
    const x0 = originPx + (i % modules) * modulePx;
    const y0 = originPx + Math.floor(i / modules) * modulePx;
    for (let y = y0; y < y0 + modulePx; y++)
      pixels.fill(black, y * canvasPx + x0, y * canvasPx + x0 + modulePx);
  });
  return { width: canvasPx, height: canvasPx, data: new Uint8ClampedArray(pixels.buffer) };
}
