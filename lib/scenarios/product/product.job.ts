import { z } from "zod";
import { drawingOptions, promptText } from "@/lib/drawing/drawing.input";
import { listedIn } from "@/lib/drawing/name-lists.input";
import { PRODUCT_SIZE_NAMES } from "./product-sizes.input";

const sizeName = z.enum(PRODUCT_SIZE_NAMES).describe(listedIn("productSizes"));

/** Of the picture's side that a thing fills first: less is lost in its place, more leaves no place. */
export const THING_SCALE = { least: 0.2, usual: 0.62, most: 0.9 } as const;

/** What a person asks for: which thing, and where it stands. */
export const productInput = drawingOptions.extend({
  /** One of the owner's pictures: the thing whole, nothing of it at the edge. */
  photo: z.uuid(),
  prompt: promptText,
  /** A picture of each. */
  sizes: z.array(sizeName).min(1).max(PRODUCT_SIZE_NAMES.length).default(["square", "portrait", "landscape"]),
  /** Sizes of an earlier set, on whose ground these stand as well, where the seed is that set's. */
  set: z.array(sizeName).max(PRODUCT_SIZE_NAMES.length).default([]),
  /** How much of the picture the thing takes, in parts of the side that it fills first. */
  scale: z.number().min(THING_SCALE.least).max(THING_SCALE.most).default(THING_SCALE.usual),
  /** How much of the ground's light falls on the thing; 0 leaves its pixels as they are. */
  light: z.number().min(0).max(1).default(0.6),
  shadow: z.number().min(0).max(1).default(0.7),
});

export type ProductInput = z.infer<typeof productInput>;
export const PRODUCT = "product";
