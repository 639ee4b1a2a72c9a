import { z } from "zod";
import { type DrawingOptions, drawingOptions } from "@/lib/drawing/drawing.input";
import { PORTRAIT_STYLE_NAMES, type PortraitStyleName } from "@/lib/scenarios/portrait/portrait-styles.input";

/** What stands behind, as the page asks for it. */
export const GROUNDS = ["style", "keep", "blur", "colour", "prompt"] as const;
export type Ground = (typeof GROUNDS)[number];

export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** Everything that can be set on the page for portraits. */
export interface PortraitForm {
  readonly photo: string | null;
  /** null: around the face. */
  readonly crop: Crop | null;
  readonly style: PortraitStyleName;
  readonly strength: number;
  readonly likeness: number;
  readonly ground: Ground;
  readonly colour: string;
  readonly place: string;
  readonly options: DrawingOptions;
}

const part = z.number().min(0).max(1);

export const PORTRAIT_FIELDS: { readonly [K in keyof PortraitForm]: z.ZodType<PortraitForm[K]> } = {
  photo: z.uuid().nullable(),
  crop: z.object({ x: part, y: part, side: z.number().min(0.05).max(1) }).nullable(),
  style: z.enum(PORTRAIT_STYLE_NAMES),
  strength: part,
  likeness: part,
  ground: z.enum(GROUNDS),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  place: z.string().max(500),
  options: drawingOptions,
};

export const FIRST_PORTRAIT: PortraitForm = {
  ...{ photo: null, crop: null, style: "flat", strength: 0.5, likeness: 0.7 },
  ...{ ground: "style", colour: "#bfe0ea", place: "", options: drawingOptions.parse({}) },
};

const STRENGTHS = [0.25, 0.5, 0.8];
const SHEET_STYLES = 4;

/** What the job is asked for; null where no photo was chosen. */
export function portraitOf(form: PortraitForm) {
  const { photo, crop, style, strength, likeness, options } = form;
  return photo === null
    ? null
    : { ...options, photo, crop, style, strength, likeness, background: backgroundOf(form) };
}

/** The style chosen and those after it, in three strengths. */
export function sheetOf({ style }: PortraitForm) {
  const at = PORTRAIT_STYLE_NAMES.indexOf(style);
  const styles = Array.from(
    { length: SHEET_STYLES },
    (_, i) => PORTRAIT_STYLE_NAMES[(at + i) % PORTRAIT_STYLE_NAMES.length]!,
  );
  return { styles, strengths: STRENGTHS };
}

function backgroundOf({ ground, colour, place }: PortraitForm) {
  switch (ground) {
    case "keep":
    case "blur":
      return { kind: ground };
    case "colour":
      return { kind: ground, colour };
    case "prompt":
      if (place.trim() !== "") return { kind: ground, prompt: place };
  }
  return { kind: "colour" as const, colour: null };
}
