import { z } from "zod";
import { MOST_CONTROL_WEIGHT, MOST_CONTROLS } from "@/lib/drawing/control.input";
import { ASPECTS, type Aspect, type DrawingOptions, drawingOptions } from "@/lib/drawing/drawing.input";
import { type DrawingSize, sizeInput } from "@/lib/drawing/drawing-size.input";
import { type Hires, hiresInput } from "@/lib/drawing/hires.input";
import { PICTURE_STYLE_NAMES, type PictureStyleName } from "@/lib/drawing/picture-styles.input";
import type { RestoredDrawing } from "@/lib/drawing/restore-drawing";
import { textToImageInput } from "@/lib/scenarios/text-to-image/text-to-image.job";
import { restored } from "../_create/use-kept-form";
import { randomSeed } from "../_form/seed-field";
import { type ControlForm, controlForm, controlOf } from "./control-form";
import { formOfSheet, type SheetForm, sheetForm, sheetOf } from "./sheet-form";

/** Everything that can be set on the page for drawing. */
export interface DrawForm {
  readonly prompt: string;
  readonly style: PictureStyleName | null;
  readonly aspect: Aspect;
  /** Pixels in place of the shape; null: as many as the model draws best. */
  readonly size: DrawingSize | null;
  readonly count: number;
  readonly picture: string | null;
  /** How much of the picture is forgotten. */
  readonly strength: number;
  readonly followsLines: boolean;
  readonly lineWeight: number;
  /** ControlNets besides, complete or not. */
  readonly controls: ControlForm[];
  /** A second pass at a larger size; null: none. */
  readonly hires: Hires | null;
  /** How far each picture is from the one that the seed draws. */
  readonly variation: number;
  /** Where the first of them leads; null: somewhere else every time. */
  readonly variationSeed: number | null;
  /** A sheet in place of `count` pictures; null: none. */
  readonly sheet: SheetForm | null;
  readonly options: DrawingOptions;
}

export const DRAW_FIELDS: { readonly [K in keyof DrawForm]: z.ZodType<DrawForm[K]> } = {
  prompt: z.string().max(2000),
  style: z.enum(PICTURE_STYLE_NAMES).nullable(),
  aspect: z.enum(ASPECTS),
  size: sizeInput.nullable(),
  count: z.number().int().min(1).max(8),
  picture: z.uuid().nullable(),
  strength: z.number().min(0.05).max(1),
  followsLines: z.boolean(),
  lineWeight: z.number().min(0).max(MOST_CONTROL_WEIGHT),
  controls: z.array(controlForm).max(MOST_CONTROLS),
  hires: hiresInput.nullable(),
  variation: z.number().min(0).max(1),
  variationSeed: textToImageInput.shape.variationSeed.unwrap(),
  sheet: sheetForm.nullable(),
  options: drawingOptions,
};

export const firstDrawing = (prompt: string): DrawForm => ({
  ...{ prompt, style: null, aspect: "square", count: 4, picture: null, strength: 0.6, followsLines: false },
  ...{ size: null, lineWeight: 1, controls: [], hires: null },
  ...{ variation: 0, variationSeed: null, sheet: null, options: drawingOptions.parse({}) },
});

/** What the job is asked for; null where something is not complete yet. @param mask what is drawn anew. */
export function drawingOf(form: DrawForm, mask: string | null) {
  return incompleteOf(form) === null ? askedOf(form, mask) : null;
}

/** What of a form is not complete yet, or makes no sense; null where all of it does. */
export function incompleteOf(form: DrawForm): "size" | "controls" | "hires" | "sheet" | null {
  const { size, hires, controls, sheet } = form;
  if (size && !sizeInput.safeParse(size).success) return "size";
  if (controls.some((control) => controlOf(control) === null)) return "controls";
  if (hires && !hiresInput.safeParse(hires).success) return "hires";
  if (sheet === null) return null;
  return sheetOf(sheet) !== null && textToImageInput.safeParse(askedOf(form, null)).success ? null : "sheet";
}

function askedOf(form: DrawForm, mask: string | null) {
  const { prompt, style, aspect, size, count, picture, strength, options } = form;
  const { followsLines, lineWeight, controls, hires, variation, variationSeed, sheet } = form;
  return {
    ...{ ...options, prompt, style, aspect, size, count, hires, variation, variationSeed },
    sheet: sheet && sheetOf(sheet),
    from: picture === null ? null : { picture, strength },
    mask: picture === null ? null : mask,
    lines: picture === null || !followsLines ? null : { picture, weight: lineWeight },
    controls: controls.flatMap((control) => controlOf(control) ?? []),
  };
}

/** A form without how many are drawn, which is the hand's that fills it. */
export type Restored = Omit<DrawForm, "count">;

/**
 * The form that asks for a drawing again: nothing of what stood in it before is left.
 * @returns null where the settings are of something else.
 */
export function formOfDrawing(settings: unknown): Restored | null {
  const asked = textToImageInput.safeParse(settings).data;
  if (!asked) return portionOf(settings);
  const { prompt, style, aspect, size, variation, variationSeed, from, lines, controls, hires, sheet } =
    asked;
  return {
    ...cleared(prompt),
    ...{ style, aspect, size, controls, hires, variation, variationSeed },
    ...(lines && { lineWeight: lines.weight }),
    ...{ picture: from?.picture ?? null, followsLines: from !== null && lines !== null },
    ...(from && { strength: from.strength }),
    sheet: sheet && formOfSheet(sheet),
    options: drawingOptions.parse(settings),
  };
}

/** What was painted over the picture that a drawing was begun with; null where nothing was. */
export const maskOfDrawing = (settings: unknown): string | null =>
  textToImageInput.safeParse(settings).data?.mask ?? null;

/** Of a drawing that another scenario made: what a free one understands of it. */
function portionOf(settings: unknown): Restored | null {
  const options = drawingOptions.safeParse(settings);
  const { prompt, style = null } = restored(settings, DRAW_FIELDS);
  if (prompt === undefined) return null;
  return { ...cleared(prompt), style, ...(options.success && { options: options.data }) };
}

/** The form that asks for what a picture's own text says, without the pictures that it was drawn from. */
export function formOfRestored(drawing: RestoredDrawing): Restored {
  const { prompt, options, size, strength, variation, variationSeed, hires, controls } = drawing;
  return {
    ...cleared(prompt),
    ...{ options, size, variation, variationSeed, hires },
    ...(strength !== undefined && { strength }),
    controls: controls.map((control) => ({ ...control, picture: null })),
  };
}

/** Whether it was drawn from pictures, which its text cannot hold. */
export const lacksPictures = ({ strength, controls }: RestoredDrawing): boolean =>
  strength !== undefined || controls.length > 0;

/** The form that asks for nothing but a prompt. */
export function cleared(prompt: string): Restored {
  const { count: _own, ...others } = firstDrawing(prompt);
  return others;
}

/** Near enough to be the same picture, far enough to see a difference. */
const A_LITTLE = 0.2;

/** The form that draws variations of a drawing: other ones every time. */
export const varied = (form: Restored): Restored => ({
  ...form,
  ...{ variation: A_LITTLE, variationSeed: null, sheet: null },
});

/** What the job is asked for in the end: variations that lead nowhere in particular lead somewhere else every time. */
export const ledSomewhere = <T extends Pick<DrawForm, "variation" | "variationSeed">>(asked: T): T =>
  asked.variation > 0 && asked.variationSeed === null ? { ...asked, variationSeed: randomSeed() } : asked;

/** What is asked for to see more like a drawing: other ones every time. @returns null for what cannot be varied. */
export function moreLike(settings: unknown, count: number) {
  const asked = textToImageInput.safeParse(settings).data;
  return asked ? ledSomewhere({ ...asked, count, variation: A_LITTLE, variationSeed: null }) : null;
}
