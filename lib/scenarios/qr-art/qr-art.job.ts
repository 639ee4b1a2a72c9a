import { z } from "zod";
import { codeOptions } from "@/lib/codes/code.input";
import { drawingOptions, promptText } from "@/lib/drawing/drawing.input";
import { pictureStyleName } from "@/lib/drawing/picture-styles.input";

/** What a person asks for: what the code says, and what it should look like. */
export const qrArtInput = drawingOptions.extend({
  ...codeOptions.pick({ text: true, level: true, size: true }).shape,
  prompt: promptText,
  /** null: as the model draws by itself. */
  style: pictureStyleName.nullable().default(null),
  /** Each is drawn, woven and judged; the best is shown first. */
  candidates: z.number().int().min(1).max(8).default(4),
  /** How much of the code is drawn into the picture before anything is woven: 0 next to none, 1 all that is possible. */
  blend: z.number().min(0).max(1).default(0.5),
});

export type QrArtInput = z.infer<typeof qrArtInput>;
export const QR_ART = "qr-art";
