import { z } from "zod";
import { annotatorFor } from "@/lib/drawing/annotator-for";
import {
  CONTROL_ANNOTATORS,
  type ControlChoice,
  controlInput,
  MOST_CONTROL_WEIGHT,
} from "@/lib/drawing/control.input";

const part = z.number().min(0).max(1);

/** A ControlNet while it is being chosen. */
export const controlForm = z.object({
  model: z.string().max(200).nullable(),
  picture: z.uuid().nullable(),
  annotator: z.enum(CONTROL_ANNOTATORS),
  weight: z.number().min(0).max(MOST_CONTROL_WEIGHT),
  from: part,
  to: part,
});
export type ControlForm = z.infer<typeof controlForm>;

/** One that begins, with the picture that the drawing begins with, where there is one. */
export const firstControl = (model: string | null, picture: string | null): ControlForm => ({
  ...{ model, picture, annotator: model === null ? "none" : annotatorFor(model) },
  ...{ weight: 1, from: 0, to: 1 },
});

/** @returns null where it is not complete, or makes no sense. */
export const controlOf = (form: ControlForm): ControlChoice | null =>
  controlInput.safeParse(form).data ?? null;
