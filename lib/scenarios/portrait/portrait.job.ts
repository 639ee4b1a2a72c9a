import { z } from "zod";
import { drawingOptions, writtenText } from "@/lib/drawing/drawing.input";
import { listedIn } from "@/lib/drawing/name-lists.input";
import { PHOTO_TRAITS } from "@/lib/drawing/photo-trait.input";
import { PORTRAIT_STYLE_NAMES } from "./portrait-styles.input";

const part = z.number().min(0).max(1);
const styleName = z.enum(PORTRAIT_STYLE_NAMES).describe(listedIn("portraitStyles"));
/** Twelve pictures are what a sheet can show, and what people wait for. */
export const MOST_OF_SHEET = { styles: 6, strengths: 4, pictures: 12 } as const;

/** What stands behind whoever is drawn. */
const background = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("keep") }),
  z.object({ kind: z.literal("blur") }),
  /** null: the style's own. */
  z.object({
    kind: z.literal("colour"),
    colour: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i)
      .nullable()
      .default(null),
  }),
  z.object({ kind: z.literal("prompt"), prompt: writtenText.min(1).max(500) }),
]);

/** What a person asks for: whose portrait, and in which style; everything else has a sensible default. */
export const portraitInput = drawingOptions.extend({
  /** One of the owner's pictures. */
  photo: z.uuid(),
  /** Centre in parts of width and height, side in parts of the shorter one; null: around the face. */
  crop: z
    .object({ x: part, y: part, side: z.number().min(0.05).max(1) })
    .nullable()
    .default(null),
  style: styleName.default("flat"),
  /** How much of the style. */
  strength: part.default(0.5),
  /** How much of the photo. */
  likeness: part.default(0.7),
  /** What of it is held, by the ControlNets that are installed; null: what suits best. */
  hold: z
    .enum(PHOTO_TRAITS)
    .describe("One of what the model `holds`, as `models` at `/choices` say.")
    .nullable()
    .default(null),
  /** Who it is, in words: "a woman with red hair". */
  who: writtenText.min(1).max(300).nullable().default(null),
  background: background.default({ kind: "colour", colour: null }),
  /** Draws the face once more, as large as the model draws, where it is smaller than that. */
  detail: z.boolean().default(true),
  /** All of these styles in all of these strengths, in place of the one picture. */
  sheet: z
    .object({
      styles: z.array(styleName).min(1).max(MOST_OF_SHEET.styles),
      strengths: z.array(part).min(1).max(MOST_OF_SHEET.strengths),
    })
    .refine(({ styles, strengths }) => styles.length * strengths.length <= MOST_OF_SHEET.pictures)
    .nullable()
    .default(null),
  /** Of the titles. */
  language: z.enum(["en", "zh"]).default("en"),
});

export type PortraitInput = z.infer<typeof portraitInput>;
export const PORTRAIT = "portrait";
