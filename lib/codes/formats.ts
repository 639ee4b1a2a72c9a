/** What a code can be saved as: pixels for every look, drawings for the drawn ones. */
export const FORMATS = ["png", "webp", "jpeg", "svg", "pdf"] as const;
export type Format = (typeof FORMATS)[number];
