import type { Code } from "../encode/code";
import { meanDeltaE } from "../fidelity/delta-e";
import { ssim } from "../fidelity/ssim";
import { resize } from "../picture/resize";
import type { Raster } from "../raster";
import { gridOf } from "../weave/grid";
import { toGray } from "../weave/luma";
import type { CodeRequest } from "./code-request";
import { NOMINAL_PX } from "./photo";

/** How much of the fitted picture is left: at most 1 (the same), and from 0 (the same) up. */
export interface Fidelity {
  readonly ssim: number;
  readonly deltaE2000: number;
}

/** Over the symbol alone, at no more than the nominal size: the quiet zone is nobody's picture. */
export function symbolFidelity({ picture, look }: CodeRequest, code: Code, raster: Raster): Fidelity | null {
  if (picture === null || look === "classic") return null;
  const small = resize(raster, NOMINAL_PX, NOMINAL_PX);
  const { codePx, originPx } = gridOf(code.version, raster.width);
  const scale = NOMINAL_PX / raster.width;
  const side = Math.round(codePx * scale);
  const made = crop(small, Math.round(originPx * scale), side);
  const wanted = resize(picture, side, side);
  return { ssim: ssim(toGray(wanted), toGray(made)), deltaE2000: meanDeltaE(wanted, made) };
}

function crop({ data, width }: Raster, origin: number, side: number): Raster {
  const out = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y++) {
    const from = ((y + origin) * width + origin) * 4;
    out.set(data.subarray(from, from + side * 4), y * side * 4);
  }
  return { width: side, height: side, data: out };
}
