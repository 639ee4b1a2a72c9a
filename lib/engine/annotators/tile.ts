import { EngineError } from "../engine-error";
import type { Picture } from "../picture";
import { resample } from "./resample";

export interface TileOptions {
  /** How many times smaller the picture is made before it is enlarged again, 1…64. 1 keeps it as it is; 4 unless told. */
  readonly factor?: number;
}

/**
 * The hint of tile ControlNets: the picture made small and large again, of its own size, so that its layout and
 * colours stay and its detail is free.
 * @throws EngineError setting_invalid where the factor is outside of 1…64.
 * @source ControlNet 1.1 tile: area averaging down, bicubic up
 */
export function tile(source: Picture, { factor = 4 }: TileOptions = {}): Picture {
  if (!(factor >= 1 && factor <= 64))
    throw new EngineError("setting_invalid", `a tile factor of ${factor} is outside of 1…64`, { factor });
  const shrunk = (side: number) => Math.max(1, Math.round(side / factor));
  return resample(resample(source, shrunk(source.width), shrunk(source.height)), source.width, source.height);
}
