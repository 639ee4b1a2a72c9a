import type { Level } from "../jury/levels";
import type { LookName, LookOptions } from "../looks/look";
import type { Raster } from "../raster";
import type { CodeChoice } from "./choose-code";

export interface CodeRequest extends CodeChoice, LookOptions {
  /** Exactly what the code says. */
  readonly text: string;
  /** Square, at least `sizePx` a side for full sharpness; null only for `classic`. */
  readonly picture: Raster | null;
  readonly look: LookName;
  readonly level: Level;
  /** Side of the finished picture, quiet zone included. */
  readonly sizePx: number;
}
