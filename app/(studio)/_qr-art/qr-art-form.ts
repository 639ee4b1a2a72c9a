import { z } from "zod";
import { type DrawingOptions, drawingOptions } from "@/lib/drawing/drawing.input";
import { PICTURE_STYLE_NAMES, type PictureStyleName } from "@/lib/drawing/picture-styles.input";
import { LEVELS, type Level } from "@/lib/qr/jury/levels";
import { restored } from "../_create/use-kept-form";

/** Everything that can be set on the page besides what the code says. */
export interface QrArtForm {
  readonly prompt: string;
  readonly style: PictureStyleName | null;
  readonly blend: number;
  readonly level: Level;
  readonly candidates: number;
  readonly options: DrawingOptions;
}

export const QR_ART_FIELDS: { readonly [K in keyof QrArtForm]: z.ZodType<QrArtForm[K]> } = {
  prompt: z.string().max(2000),
  style: z.enum(PICTURE_STYLE_NAMES).nullable(),
  blend: z.number().min(0).max(1),
  level: z.enum(LEVELS),
  candidates: z.number().int().min(1).max(8),
  options: drawingOptions,
};

export const firstQrArt = (prompt: string): QrArtForm => ({
  ...{ prompt, style: null, blend: 0.5, level: "balanced", candidates: 4 },
  options: drawingOptions.parse({}),
});

/**
 * What a drawn code looked like, to be drawn anew: everything but what it says, how many candidates there were, and the
 * seed, which would draw the very same. Empty where the settings are of something else.
 */
export function formOfArt(settings: unknown): Partial<QrArtForm> {
  const { art } = z.object({ art: z.unknown() }).catch({ art: null }).parse(settings);
  const { candidates: _, options: __, ...look } = restored(art, QR_ART_FIELDS);
  const options = drawingOptions.safeParse(art);
  return { ...look, ...(options.success && { options: { ...options.data, seed: null } }) };
}
