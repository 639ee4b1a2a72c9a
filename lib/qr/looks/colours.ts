import type { Colour } from "../drawing/drawing";
import type { LookOptions } from "./look";

/** BT.601 luma, 0 … 1. */
export const lumaOf = ([r, g, b]: Colour): number => (0.299 * r + 0.587 * g + 0.114 * b) / 255;

/** The luma 0 … 1 that ink must stay under and paper above, whatever colours a person asks for. */
const DARKEST_PAPER = 0.82;
const LIGHTEST_INK = 0.3;

const parse = (hex: string): Colour =>
  [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as unknown as Colour;

/** Ink and paper in the hues asked for, deepened or lightened where they would be too alike for a reader. */
export function inkAndPaper({ colours }: LookOptions): { ink: Colour; paper: Colour } {
  const ink = parse(colours.dark);
  const paper = parse(colours.light);
  return {
    ink: withLuma(ink, Math.min(lumaOf(ink), LIGHTEST_INK)),
    paper: withLuma(paper, Math.max(lumaOf(paper), DARKEST_PAPER)),
  };
}

/** A colour of the same hue with luma 0 … 1: darker toward black, lighter toward white, so nothing clips. */
export function withLuma(colour: Colour, luma: number): Colour {
  const now = lumaOf(colour);
  if (luma === now) return colour;
  const [r, g, b] = colour;
  const keep = luma < now ? luma / now : (1 - luma) / (1 - now);
  const white = luma < now ? 0 : 255 * (1 - keep);
  return [r * keep + white, g * keep + white, b * keep + white];
}

/** Further from grey by a factor, luma kept as far as the channels go. */
export function vivid(colour: Colour, factor: number): Colour {
  const grey = lumaOf(colour) * 255;
  const away = (c: number): number => Math.min(255, Math.max(0, grey + (c - grey) * factor));
  return [away(colour[0]), away(colour[1]), away(colour[2])];
}
