import { z } from "zod";
import { type DrawingOptions, drawingOptions } from "@/lib/drawing/drawing.input";
import { LEVELS, type Level } from "@/lib/qr/jury/levels";

/** Everything that can be set on the page besides what the code says. */
export interface QrArtForm {
  readonly prompt: string;
  readonly blend: number;
  readonly level: Level;
  readonly candidates: number;
  readonly options: DrawingOptions;
}

export const QR_ART_FIELDS: { readonly [K in keyof QrArtForm]: z.ZodType<QrArtForm[K]> } = {
  prompt: z.string().max(2000),
  blend: z.number().min(0).max(1),
  level: z.enum(LEVELS),
  candidates: z.number().int().min(1).max(8),
  options: drawingOptions,
};

export const firstQrArt = (prompt: string): QrArtForm => ({
  ...{ prompt, blend: 0.5, level: "balanced", candidates: 4 },
  options: drawingOptions.parse({}),
});
