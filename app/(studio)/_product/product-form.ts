import { z } from "zod";
import { type DrawingOptions, drawingOptions } from "@/lib/drawing/drawing.input";
import { THING_SCALE } from "@/lib/scenarios/product/product.job";
import { PRODUCT_SIZE_NAMES, type ProductSize } from "@/lib/scenarios/product/product-sizes.input";

/** Everything that can be set on the page for product pictures. */
export interface ProductForm {
  readonly photo: string | null;
  readonly prompt: string;
  readonly sizes: ProductSize[];
  readonly scale: number;
  readonly light: number;
  readonly shadow: number;
  readonly options: DrawingOptions;
}

const part = z.number().min(0).max(1);

export const PRODUCT_FIELDS: { readonly [K in keyof ProductForm]: z.ZodType<ProductForm[K]> } = {
  photo: z.uuid().nullable(),
  prompt: z.string().max(2000),
  sizes: z.array(z.enum(PRODUCT_SIZE_NAMES)).max(PRODUCT_SIZE_NAMES.length),
  scale: z.number().min(THING_SCALE.least).max(THING_SCALE.most),
  light: part,
  shadow: part,
  options: drawingOptions,
};

export const firstProduct = (prompt: string): ProductForm => ({
  ...{ photo: null, prompt, sizes: ["square", "portrait", "landscape"] },
  ...{ scale: THING_SCALE.usual, light: 0.6, shadow: 0.7, options: drawingOptions.parse({}) },
});
