import { z } from "zod";
import { modelNameIn } from "@/lib/drawing/drawing.input";

/** What a person asks for: which of their pictures, and how many times as wide and high it becomes. */
export const upscaleInput = z.object({
  picture: z.uuid(),
  times: z.union([z.literal(2), z.literal(4)]).default(2),
  /** null: people's own, where one is installed, else the one that ships. */
  upscaler: modelNameIn("upscalers").nullable().default(null),
});

export const UPSCALE = "upscale";
