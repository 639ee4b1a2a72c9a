import { z } from "zod";

/** Pixels a side: smaller ones are nothing to look at, larger ones take more than a studio's memory. */
export const LEAST_SIDE_PX = 64;
export const MOST_SIDE_PX = 2048;
/** The autoencoders' factor: a latent stands for so many pixels a side. */
export const SIDE_STEP_PX = 8;

const side = z.number().int().min(LEAST_SIDE_PX).max(MOST_SIDE_PX).multipleOf(SIDE_STEP_PX);

/** A size of one's own. */
export const sizeInput = z.object({ width: side, height: side });
export type DrawingSize = z.infer<typeof sizeInput>;
