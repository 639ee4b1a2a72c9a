/** Colours that pictures are looked for by. */
export const COLOURS = [
  ...(["red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"] as const),
  ...(["brown", "black", "grey", "white"] as const),
] as const;
export type Colour = (typeof COLOURS)[number];
