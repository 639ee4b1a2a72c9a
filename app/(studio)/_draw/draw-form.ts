import { z } from "zod";
import { ASPECTS, type Aspect, type DrawingOptions, drawingOptions } from "@/lib/drawing/drawing.input";
import { PICTURE_STYLE_NAMES, type PictureStyleName } from "@/lib/drawing/picture-styles.input";
import { textToImageInput } from "@/lib/scenarios/text-to-image/text-to-image.job";
import { restored } from "../_create/use-kept-form";
import { formOfSheet, type SheetForm, sheetForm, sheetOf } from "./sheet-form";

/** Everything that can be set on the page for drawing. */
export interface DrawForm {
  readonly prompt: string;
  readonly style: PictureStyleName | null;
  readonly aspect: Aspect;
  readonly count: number;
  readonly picture: string | null;
  /** How much of the picture is forgotten. */
  readonly strength: number;
  readonly followsLines: boolean;
  readonly variation: number;
  /** A sheet in place of `count` pictures; null: none. */
  readonly sheet: SheetForm | null;
  readonly options: DrawingOptions;
}

export const DRAW_FIELDS: { readonly [K in keyof DrawForm]: z.ZodType<DrawForm[K]> } = {
  prompt: z.string().max(2000),
  style: z.enum(PICTURE_STYLE_NAMES).nullable(),
  aspect: z.enum(ASPECTS),
  count: z.number().int().min(1).max(8),
  picture: z.uuid().nullable(),
  strength: z.number().min(0.05).max(1),
  followsLines: z.boolean(),
  variation: z.number().min(0).max(1),
  sheet: sheetForm.nullable(),
  options: drawingOptions,
};

export const firstDrawing = (prompt: string): DrawForm => ({
  ...{ prompt, style: null, aspect: "square", count: 4, picture: null, strength: 0.6, followsLines: false },
  ...{ variation: 0, sheet: null, options: drawingOptions.parse({}) },
});

/** What the job is asked for; null where the sheet cannot be drawn as it stands. @param mask what is drawn anew. */
export function drawingOf(form: DrawForm, mask: string | null) {
  const { prompt, style, aspect, count, picture, strength, followsLines, variation, options } = form;
  const sheet = form.sheet && sheetOf(form.sheet);
  const asked = {
    ...{ ...options, prompt, style, aspect, count, variation, sheet },
    from: picture === null ? null : { picture, strength },
    mask: picture === null ? null : mask,
    lines: picture === null || !followsLines ? null : { picture, weight: 1 },
  };
  const isWhole = form.sheet === null || (sheet !== null && textToImageInput.safeParse(asked).success);
  return isWhole ? asked : null;
}

/** The form that asks for a drawing again; null where the settings are of something else. */
export function formOfDrawing(settings: unknown): Partial<DrawForm> | null {
  const asked = textToImageInput.safeParse(settings).data;
  if (!asked) return portionOf(settings);
  const { prompt, style, aspect, variation, from, lines, sheet } = asked;
  return {
    ...{ prompt, style, aspect, variation },
    ...{ picture: from?.picture ?? null, followsLines: from !== null && lines !== null },
    ...(from && { strength: from.strength }),
    sheet: sheet && formOfSheet(sheet),
    options: drawingOptions.parse(settings),
  };
}

/** Of a drawing that another scenario made: what a free one understands of it. */
function portionOf(settings: unknown): Partial<DrawForm> | null {
  const options = drawingOptions.safeParse(settings);
  const { prompt, style } = restored(settings, DRAW_FIELDS);
  if (prompt === undefined) return null;
  return { prompt, ...(style !== undefined && { style }), ...(options.success && { options: options.data }) };
}
