import { QUIET_ZONE, sizeOfVersion } from "../encode/code";
import { QrError } from "../qr-error";

/** Where a symbol stands on a square canvas: every module a whole number of pixels, what is left over widens the quiet zone. */
export interface Grid {
  /** Modules a side, quiet zone not counted. */
  readonly modules: number;
  /** Pixels a side of the canvas. */
  readonly canvasPx: number;
  /** Pixels a side of one module. */
  readonly modulePx: number;
  /** Pixels from the canvas' left and top edge to the first module; at least `QUIET_ZONE` modules. */
  readonly originPx: number;
  /** Pixels a side of the symbol. */
  readonly codePx: number;
}

/** Below this a reader at half size no longer has a pixel a module to sample. */
export const LEAST_MODULE_PX = 3;

/** @throws QrError size_out_of_range with the least size that would do. */
export function gridOf(version: number, canvasPx: number): Grid {
  const modules = sizeOfVersion(version);
  const acrossModules = modules + 2 * QUIET_ZONE;
  const modulePx = Math.floor(canvasPx / acrossModules);
  if (modulePx < LEAST_MODULE_PX)
    throw new QrError(
      "size_out_of_range",
      `${canvasPx} px leave ${modulePx} px a module at version ${version}`,
      {
        version,
        min: acrossModules * LEAST_MODULE_PX,
        max: 4096,
      },
    );
  const codePx = modules * modulePx;
  return { modules, canvasPx, modulePx, originPx: Math.floor((canvasPx - codePx) / 2), codePx };
}
