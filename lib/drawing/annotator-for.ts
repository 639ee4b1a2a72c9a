import type { ControlChoice } from "./control.input";
import { LINE_NETS } from "./line-nets";

/** What draws the hint that a ControlNet was taught with, as people name their files. */
const KNOWN: readonly [RegExp, ControlChoice["annotator"]][] = [
  ...LINE_NETS,
  [/seedling-line/i, "canny"],
  [/depth/i, "depth"],
  [/open.?pose|pose/i, "pose"],
  [/tile/i, "tile"],
  [/bright|illumin|lumi/i, "luminance"],
];

/** @returns "none" for a ControlNet whose name says nothing. */
export const annotatorFor = (model: string): ControlChoice["annotator"] =>
  KNOWN.find(([pattern]) => pattern.test(model))?.[1] ?? "none";
