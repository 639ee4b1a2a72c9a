/** How widely a delivered code must be readable; see `passesLevel`. */
export const LEVELS = ["art", "balanced", "everywhere"] as const;
export type Level = (typeof LEVELS)[number];
