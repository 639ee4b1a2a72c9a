import { z } from "zod";
import { COLOURS } from "./colour-names";

export const SHAPES = ["landscape", "portrait", "square"] as const;
export const ORIGINS = ["made", "brought"] as const;
export const TYPES = ["jpeg", "png", "webp", "avif", "heic", "gif"] as const;

/** What one may ask of pictures besides words; what is not asked for is left out. */
export const pictureFilters = z.object({
  colour: z.enum(COLOURS).optional(),
  shape: z.enum(SHAPES).optional(),
  /** Made here, or brought in. */
  origin: z.enum(ORIGINS).optional(),
  favourite: z.literal("1").optional(),
  type: z.enum(TYPES).optional(),
  /** A word, in either language. */
  tag: z.string().trim().min(1).max(60).optional(),
  /** A city, a country, or both with a comma between them, in either language. */
  place: z.string().trim().min(1).max(120).optional(),
  album: z.uuid().optional(),
  /** Days in UTC, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type PictureFilters = z.infer<typeof pictureFilters>;
export const FILTER_NAMES = Object.keys(pictureFilters.shape) as (keyof PictureFilters)[];
