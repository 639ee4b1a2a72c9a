import { z } from "zod";
import {
  CONTROL_ANNOTATORS,
  type ControlChoice,
  controlInput,
  MOST_CONTROL_WEIGHT,
} from "@/lib/drawing/control.input";
import { LINE_NETS } from "@/lib/drawing/line-nets";

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

/** What draws the hint that a ControlNet was taught with, as people name their files. */
const KNOWN: readonly [RegExp, ControlForm["annotator"]][] = [
  ...LINE_NETS,
  [/seedling-line/i, "canny"],
  [/depth/i, "depth"],
  [/open.?pose|pose/i, "pose"],
  [/tile/i, "tile"],
  [/bright|illumin|lumi/i, "luminance"],
];

/** @returns "none" for a ControlNet whose name says nothing. */
export const annotatorFor = (model: string): ControlForm["annotator"] =>
  KNOWN.find(([pattern]) => pattern.test(model))?.[1] ?? "none";

/** One that begins, with the picture that the drawing begins with, where there is one. */
export const firstControl = (model: string | null, picture: string | null): ControlForm => ({
  ...{ model, picture, annotator: model === null ? "none" : annotatorFor(model) },
  ...{ weight: 1, from: 0, to: 1 },
});

/** @returns null where it is not complete, or makes no sense. */
export const controlOf = (form: ControlForm): ControlChoice | null =>
  controlInput.safeParse(form).data ?? null;
