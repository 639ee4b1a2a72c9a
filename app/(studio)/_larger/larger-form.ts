import { z } from "zod";
import type { Times } from "@/lib/scenarios/upscale/upscale.input";

/** Everything that can be set on the page that makes pictures larger. */
export interface LargerForm {
  readonly picture: string | null;
  readonly times: Times;
  /** null: the usual one. */
  readonly upscaler: string | null;
}

export const LARGER_FIELDS: { readonly [K in keyof LargerForm]: z.ZodType<LargerForm[K]> } = {
  picture: z.uuid().nullable(),
  times: z.union([z.literal(2), z.literal(4)]),
  upscaler: z.string().min(1).max(200).nullable(),
};

export const FIRST_LARGER: LargerForm = { picture: null, times: 2, upscaler: null };
