import { type Code, Role } from "@/lib/qr/encode/code";
import { chooseVersion, encode, needsEci } from "@/lib/qr/encode/encode";
import { resize } from "@/lib/qr/picture/resize";
import type { Raster } from "@/lib/qr/raster";
import { type Grid, gridOf } from "@/lib/qr/weave/grid";
import { lumaAt } from "@/lib/qr/weave/luma";

/** What others do, to be measured beside: neither chooses its code nor looks at the picture. */
export type Baseline = "centre-dot" | "halftone-3x3";

export interface BaselinePicture {
  readonly code: Code;
  readonly raster: Raster;
  readonly grid: Grid;
}

/**
 * - `centre-dot`: the middle third of every module black or white, level H, function patterns whole.
 * - `halftone-3x3`: the same, and the eight cells around the middle dithered from the picture (Floyd–Steinberg).
 * @param version ours, so that modules are of one size; the smallest that holds the text at H where it does not fit.
 */
export function drawBaseline(
  kind: Baseline,
  text: string,
  picture: Raster,
  version: number,
  sizePx: number,
): BaselinePicture {
  const eci = needsEci(text);
  const least = chooseVersion(text, { ecc: "H", eci }).version;
  const code = encode(text, { version: Math.max(version, least), ecc: "H", eci });
  const grid = gridOf(code.version, sizePx);
  const inner = kind === "centre-dot" ? resize(picture, grid.codePx, grid.codePx) : dithered(picture, grid);
  const data = new Uint8ClampedArray(sizePx * sizePx * 4).fill(255);
  const { modules, modulePx, originPx, codePx } = grid;
  const third = modulePx / 3;
  const isMiddle = (p: number): boolean => p + 0.5 >= third && p + 0.5 < 2 * third;
  for (let y = 0; y < codePx; y++)
    for (let x = 0; x < codePx; x++) {
      const module = Math.floor(y / modulePx) * modules + Math.floor(x / modulePx);
      const role = code.roles[module]!;
      const to = ((y + originPx) * sizePx + x + originPx) * 4;
      const painted =
        (role !== Role.data && role !== Role.remainder) || (isMiddle(x % modulePx) && isMiddle(y % modulePx));
      if (painted) data.fill(code.modules[module] ? 0 : 255, to, to + 3);
      else data.set(inner.data.subarray((y * codePx + x) * 4, (y * codePx + x) * 4 + 3), to);
    }
  return { code, grid, raster: { width: sizePx, height: sizePx, data } };
}

function dithered(picture: Raster, grid: Grid): Raster {
  const cells = grid.modules * 3;
  const small = resize(picture, cells, cells);
  const light = Float32Array.from({ length: cells * cells }, (_, i) => lumaAt(small.data, i * 4));
  for (let y = 0; y < cells; y++)
    for (let x = 0; x < cells; x++) {
      const i = y * cells + x;
      const value = light[i]! < 128 ? 0 : 255;
      const error = light[i]! - value;
      light[i] = value;
      if (x + 1 < cells) light[i + 1]! += (error * 7) / 16;
      if (y + 1 === cells) continue;
      if (x > 0) light[i + cells - 1]! += (error * 3) / 16;
      light[i + cells]! += (error * 5) / 16;
      if (x + 1 < cells) light[i + cells + 1]! += error / 16;
    }
  const { codePx, modulePx } = grid;
  const data = new Uint8ClampedArray(codePx * codePx * 4).fill(255);
  for (let y = 0; y < codePx; y++)
    for (let x = 0; x < codePx; x++) {
      const cell = Math.floor((y * 3) / modulePx) * cells + Math.floor((x * 3) / modulePx);
      data.fill(light[cell]!, (y * codePx + x) * 4, (y * codePx + x) * 4 + 3);
    }
  return { width: codePx, height: codePx, data };
}
