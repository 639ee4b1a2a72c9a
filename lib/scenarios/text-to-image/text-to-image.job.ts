import { z } from "zod";
import { ASPECTS, drawingOptions, promptText } from "@/lib/drawing/drawing.input";

/** A painted mask as a PNG, no larger than a screen's canvas makes it. */
const MOST_MASK_CHARACTERS = 400_000;

/** What a person asks for; everything but the prompt has a sensible default. */
export const textToImageInput = drawingOptions
  .extend({
    prompt: promptText,
    aspect: z.enum(ASPECTS).default("square"),
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
    /** Small changes of the drawing that `seed` makes, 0 … 1. */
    variation: z.number().min(0).max(1).default(0),
    /** Where the first of them leads; null: nowhere in particular. */
    variationSeed: z.number().int().min(0).max(0xffffffff).nullable().default(null),
  })
  .refine(({ mask, from }) => mask === null || from !== null, {
    path: ["mask"],
    message: "picture_required",
  });

export type TextToImageInput = z.infer<typeof textToImageInput>;
export const TEXT_TO_IMAGE = "text-to-image";
