/** The ways a code can be drawn. `photo` is raster only; the others are drawings and export to SVG and PDF too. */
export const LOOKS = ["photo", "halftone", "mosaic", "dots", "ink", "classic"] as const;
export type LookName = (typeof LOOKS)[number];
