import { z } from "zod";
import { type DrawingOptions, drawingOptions } from "@/lib/drawing/drawing.input";
import { PHOTO_TRAITS, type PhotoTrait } from "@/lib/drawing/photo-trait.input";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import type { MadeSheet } from "@/lib/pictures/made-pictures";
import { MOST_OF_SHEET, portraitInput } from "@/lib/scenarios/portrait/portrait.job";
import { PORTRAIT_STYLE_NAMES, type PortraitStyleName } from "@/lib/scenarios/portrait/portrait-styles.input";

/** What stands behind, as the page asks for it. */
export const GROUNDS = ["style", "keep", "blur", "colour", "prompt"] as const;
export type Ground = (typeof GROUNDS)[number];

/** Who may be in a photo, in the words that every model was taught; `own`: in one's own. */
const WHO_WORDS = {
  ...{ person: "a person", woman: "a woman", man: "a man", child: "a child" },
  ...{ cat: "a cat", dog: "a dog" },
} as const;
export type Who = keyof typeof WHO_WORDS | "own";
export const WHO = [...Object.keys(WHO_WORDS), "own"] as Who[];
export const MOST_WHO_CHARACTERS = 300;

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
  readonly who: Who;
  readonly whoWords: string;
  readonly style: PortraitStyleName;
  readonly strength: number;
  readonly likeness: number;
  /** What of the photo is held; null: what suits best. */
  readonly hold: PhotoTrait | null;
  readonly ground: Ground;
  readonly colour: string;
  readonly place: string;
  /** What is compared; null: the style chosen and those after it. */
  readonly sheetStyles: PortraitStyleName[] | null;
  readonly sheetStrengths: number[];
  readonly options: DrawingOptions;
}

const part = z.number().min(0).max(1);

export const PORTRAIT_FIELDS: { readonly [K in keyof PortraitForm]: z.ZodType<PortraitForm[K]> } = {
  photo: z.uuid().nullable(),
  crop: z.object({ x: part, y: part, side: z.number().min(0.05).max(1) }).nullable(),
  who: z.enum(WHO),
  whoWords: z.string().max(MOST_WHO_CHARACTERS),
  style: z.enum(PORTRAIT_STYLE_NAMES),
  strength: part,
  likeness: part,
  hold: z.enum(PHOTO_TRAITS).nullable(),
  ground: z.enum(GROUNDS),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  place: z.string().max(500),
  sheetStyles: z.array(z.enum(PORTRAIT_STYLE_NAMES)).max(MOST_OF_SHEET.styles).nullable(),
  sheetStrengths: z.array(part).max(MOST_OF_SHEET.strengths),
  options: drawingOptions,
};

/** What can be compared, from a touch to all of a style. */
export const SHEET_STRENGTHS = [0.1, 0.25, 0.4, 0.5, 0.65, 0.8, 1] as const;
const FIRST_STRENGTHS = [0.25, 0.5, 0.8];
const FIRST_STYLES = 4;

export const FIRST_PORTRAIT: PortraitForm = {
  ...{ photo: null, crop: null, who: "person", whoWords: "", style: "flat", strength: 0.5, likeness: 0.7 },
  ...{ hold: null, ground: "style", colour: "#bfe0ea", place: "" },
  ...{ sheetStyles: null, sheetStrengths: FIRST_STRENGTHS, options: drawingOptions.parse({}) },
};

/** What the job is asked for; null where no photo was chosen. @param traits what the model can hold. */
export function portraitOf(form: PortraitForm, traits: readonly PhotoTrait[]) {
  const { photo, crop, style, strength, likeness, options } = form;
  if (photo === null) return null;
  // What was chosen for another model may not be there for this one.
  const hold = form.hold !== null && traits.includes(form.hold) ? form.hold : null;
  const asked = { ...options, photo, crop, who: whoOf(form), style, strength, likeness, hold };
  return { ...asked, background: backgroundOf(form) };
}

/** null where nothing was written: whoever it is. */
function whoOf({ who, whoWords }: Pick<PortraitForm, "who" | "whoWords">): string | null {
  if (who !== "own") return WHO_WORDS[who];
  return whoWords.trim() === "" ? null : whoWords;
}

/** Those chosen to be compared, in the order of the cards; else the style chosen and those after it. */
export function sheetStyles({
  style,
  sheetStyles: chosen,
}: Pick<PortraitForm, "style" | "sheetStyles">): PortraitStyleName[] {
  if (chosen !== null) return PORTRAIT_STYLE_NAMES.filter((name) => chosen.includes(name));
  const at = PORTRAIT_STYLE_NAMES.indexOf(style);
  return Array.from(
    { length: FIRST_STYLES },
    (_, i) => PORTRAIT_STYLE_NAMES[(at + i) % PORTRAIT_STYLE_NAMES.length]!,
  );
}

/** What is compared; null where that is nothing, or more than a sheet holds. */
export function sheetOf(form: Pick<PortraitForm, "style" | "sheetStyles" | "sheetStrengths">) {
  const styles = sheetStyles(form);
  const strengths = form.sheetStrengths;
  const count = styles.length * strengths.length;
  return count === 0 || count > MOST_OF_SHEET.pictures ? null : { styles, strengths };
}

/**
 * What draws one of a sheet's portraits in detail. null for the sheet itself, and where there is no sheet: a portrait by itself
 * was drawn in detail already, and would come out the same.
 */
export function detailOf(
  { id, settings }: Pick<PictureDetails, "id" | "settings">,
  sheet: Pick<MadeSheet, "cells"> | null,
) {
  if (!sheet?.cells.includes(id)) return null;
  return portraitInput.safeParse(settings).data ?? null;
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
