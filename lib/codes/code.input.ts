import { z } from "zod";
import { ECC_LEVELS } from "../qr/encode/code";
import { LEVELS } from "../qr/jury/levels";
import { LOOKS } from "../qr/looks/look";

/** Half a character, or none at all: no code says it, and no database keeps it. */
const UNKEPT = /[\p{Cs}\0]/u;
const colour = z.string().regex(/^#[0-9a-f]{6}$/i);

/** What a code says and how it is drawn, apart from its picture; everything but the text has a sensible default. */
export const codeOptions = z.object({
  /** Exactly what the code will say; up to 2,953 bytes fit (version 40-L). */
  text: z
    .string()
    .min(1)
    .max(8000)
    .refine((text) => !UNKEPT.test(text), "text_not_encodable"),
  look: z.enum(LOOKS).default("photo"),
  level: z.enum(LEVELS).default("balanced"),
  version: z.union([z.literal("auto"), z.number().int().min(1).max(40)]).default("auto"),
  ecc: z.union([z.literal("auto"), z.enum(ECC_LEVELS)]).default("auto"),
  /** Pixels a side of the finished picture, quiet zone included. */
  size: z.number().int().min(256).max(4096).default(1024),
  seed: z.number().int().min(0).max(0xffffffff).default(1),
  /** For the drawn looks; `photo` keeps the picture's own colours. */
  colours: z.object({ dark: colour, light: colour }).default({ dark: "#1b1b2f", light: "#ffffff" }),
  /** Part of a module, 0 square … 1 round; `classic` only. */
  cornerRadius: z.number().min(0).max(1).default(0.5),
  /** Put the picture as a small logo in the middle; `classic` only. */
  logo: z.boolean().default(false),
  /** Centre of the square crop, as parts of the picture's width and height. */
  focus: z.object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }).default({ x: 0.5, y: 0.5 }),
});
export type CodeOptions = z.infer<typeof codeOptions>;
