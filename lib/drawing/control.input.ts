import { z } from "zod";
import { modelNameIn } from "./drawing.input";
import { listedIn } from "./name-lists.input";

export const MOST_CONTROLS = 3;
export const MOST_CONTROL_WEIGHT = 2;

/**
 * What makes a ControlNet's hint of a picture, in the order in which people should meet them; "none": it is one already. All
 * of the engine's, by name: the annotators themselves are not for forms.
 */
export const CONTROL_ANNOTATORS = [
  ...(["none", "luminance", "tile", "canny", "soft-edge", "line-art"] as const),
  ...(["depth", "pose"] as const),
] as const;

/** A ControlNet, one of the owner's pictures that it follows, and how much. */
export const controlInput = z
  .object({
    model: modelNameIn("controlnets"),
    picture: z.uuid(),
    annotator: z.enum(CONTROL_ANNOTATORS).describe(listedIn("annotators")).default("none"),
    /** 1: as it was trained. */
    weight: z.number().min(0).max(MOST_CONTROL_WEIGHT).default(1),
    /** Part of the steps in which it works. */
    from: z.number().min(0).max(1).default(0),
    to: z.number().min(0).max(1).default(1),
  })
  .refine(({ from, to }) => from < to, { path: ["to"] });
export type ControlChoice = z.infer<typeof controlInput>;
