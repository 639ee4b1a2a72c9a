import type { Drawing } from "../drawing/drawing";
import type { Code } from "../encode/code";
import type { Raster } from "../raster";

/** The ways a code can be drawn. `photo` is raster only; the others are drawings and export to SVG and PDF too. */
export const LOOKS = ["photo", "halftone", "mosaic", "dots", "ink", "classic"] as const;
export type LookName = (typeof LOOKS)[number];

export interface LookOptions {
  /** "#rrggbb" for dark modules, ink and finders, and for the paper. */
  readonly colours: { readonly dark: string; readonly light: string };
  /** Part of a module, 0 square … 1 round; `classic` only. */
  readonly cornerRadius: number;
  /** Put the picture as a small logo in the middle; `classic` only. */
  readonly logo: boolean;
  /** Any whole number; a look that leaves something to chance takes it from here. */
  readonly seed: number;
}

/**
 * Draws a code in a look.
 * @param picture  square, covering exactly the symbol (quiet zone not included) with at least 4 pixels a module;
 *                 null only for `classic`.
 * @param strength 0 shows the most of the picture, 1 is practically the plain code; in between it grows steadily,
 *                 so that a search can find the least that is read.
 * @returns a drawing of `code.size + 2 * QUIET_ZONE` modules a side, quiet zone plain and light.
 */
export type DrawLook = (
  code: Code,
  picture: Raster | null,
  options: LookOptions,
  strength: number,
) => Drawing;
