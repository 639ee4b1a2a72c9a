import { z } from "zod";
import { ASPECTS, type Aspect, type DrawingOptions, drawingOptions } from "@/lib/drawing/drawing.input";

/** Everything that can be set on the page for drawing. */
export interface DrawForm {
  readonly prompt: string;
  readonly aspect: Aspect;
  readonly count: number;
  readonly picture: string | null;
  /** How much of the picture is forgotten. */
  readonly strength: number;
  readonly followsLines: boolean;
  readonly variation: number;
  readonly options: DrawingOptions;
}

export const DRAW_FIELDS: { readonly [K in keyof DrawForm]: z.ZodType<DrawForm[K]> } = {
  prompt: z.string().max(2000),
  aspect: z.enum(ASPECTS),
  count: z.number().int().min(1).max(8),
  picture: z.uuid().nullable(),
  strength: z.number().min(0.05).max(1),
  followsLines: z.boolean(),
  variation: z.number().min(0).max(1),
  options: drawingOptions,
};

export const firstDrawing = (prompt: string): DrawForm => ({
  ...{ prompt, aspect: "square", count: 4, picture: null, strength: 0.6, followsLines: false, variation: 0 },
  options: drawingOptions.parse({}),
});
