import { z } from "zod";
import { controlInput, MOST_CONTROLS } from "@/lib/drawing/control.input";
import { ASPECTS, drawingOptions, promptText } from "@/lib/drawing/drawing.input";
import { sizeInput } from "@/lib/drawing/drawing-size.input";
import { hiresInput } from "@/lib/drawing/hires.input";
import { pictureStyleName } from "@/lib/drawing/picture-styles.input";
import { type SheetAxis, type SheetInput, sheetInput } from "@/lib/drawing/x-y-sheet.input";

/** A painted mask as a PNG, no larger than a screen's canvas makes it. */
const MOST_MASK_CHARACTERS = 400_000;

/** What a person asks for; everything but the prompt has a sensible default. */
export const textToImageInput = drawingOptions
  .extend({
    prompt: promptText,
    /** null: as the model draws by itself. */
    style: pictureStyleName.nullable().default(null),
    aspect: z.enum(ASPECTS).default("square"),
    /** A size of one's own; null: a picture's that is begun with, else `aspect` at the size that the model draws best. */
    size: sizeInput.nullable().default(null),
    count: z.number().int().min(1).max(8).default(4),
    /** One of the owner's pictures to begin with, and how much of it is forgotten, 0 … 1. */
    from: z
      .object({ picture: z.uuid(), strength: z.number().min(0.05).max(1).default(0.6) })
      .nullable()
      .default(null),
    /** What is drawn anew of it: white on black, base64 PNG. */
    mask: z.base64().max(MOST_MASK_CHARACTERS).nullable().default(null),
    /** One of the owner's pictures whose lines are followed. */
    lines: z
      .object({ picture: z.uuid(), weight: z.number().min(0).max(2).default(1) })
      .nullable()
      .default(null),
    /** ControlNets that follow the owner's pictures, besides `lines`. */
    controls: z.array(controlInput).max(MOST_CONTROLS).default([]),
    /** A second pass at a larger size. What is painted has none: it is drawn at the model's own size as it is. */
    hires: hiresInput.nullable().default(null),
    /** Small changes of the drawing that `seed` makes, 0 … 1. */
    variation: z.number().min(0).max(1).default(0),
    /** Where the first of them leads; null: nowhere in particular. */
    variationSeed: z.number().int().min(0).max(0xffffffff).nullable().default(null),
    /** One picture for each of a sheet's cells, and the sheet itself, in place of `count` pictures. */
    sheet: sheetInput.nullable().default(null),
  })
  .refine(({ mask, from }) => mask === null || from !== null, {
    path: ["mask"],
    message: "picture_required",
  })
  .refine(({ sheet, from }) => from !== null || !axesOf(sheet).some(({ of }) => of === "strength"), {
    path: ["from"],
    message: "picture_required",
  })
  .refine(
    ({ sheet, prompt, negativePrompt }) =>
      axesOf(sheet).every(
        ({ of, values }) => of !== "prompt" || `${prompt}\n${negativePrompt}`.includes(values[0]!),
      ),
    { path: ["sheet", "prompt"] },
  );

const axesOf = (sheet: SheetInput | null): SheetAxis[] => [sheet?.x, sheet?.y].flatMap((axis) => axis ?? []);

export type TextToImageInput = z.infer<typeof textToImageInput>;
export const TEXT_TO_IMAGE = "text-to-image";
