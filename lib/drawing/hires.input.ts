import { z } from "zod";
import { drawingOptions, modelNameIn } from "./drawing.input";

/** How many times as wide and high a drawing may become before it is drawn over. */
export const LEAST_TIMES = 1.5;
export const MOST_TIMES = 4;

/** A second pass: the drawing is enlarged and drawn over at that size, as A1111's "Hires. fix". */
export const hiresInput = z.object({
  times: z.number().min(LEAST_TIMES).max(MOST_TIMES).default(2),
  /** Enlarges it before; null: what goes with the model, else a filter. */
  upscaler: modelNameIn("upscalers").nullable().default(null),
  /** How much of the first pass is forgotten. */
  strength: z.number().min(0).max(1).default(0.5),
  /** null: as many as in the first pass. */
  steps: drawingOptions.shape.steps,
});
export type Hires = z.infer<typeof hiresInput>;
