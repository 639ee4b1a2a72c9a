/** Pixels of a picture's longer side: what is larger is large already, and four times as much fits no memory. */
export const MOST_SOURCE_PX = 1536;
export const TIMES = [2, 4] as const;
export type Times = (typeof TIMES)[number];
