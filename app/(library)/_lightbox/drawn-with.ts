import { z } from "zod";
import { drawingOptions } from "@/lib/drawing/drawing.input";
import type { RestoredDrawing } from "@/lib/drawing/restore-drawing";
import { type SamplerName, samplers } from "@/lib/engine/schedulers/registry";

/** What a picture was drawn with, as far as it is known. */
export interface DrawnWith {
  readonly prompt: string | null;
  readonly negative: string | null;
  readonly model: string | null;
  readonly seed: number | null;
  readonly steps: number | null;
  /** As people know it. */
  readonly sampler: string | null;
  readonly guidance: number | null;
}

const { negativePrompt, model, seed, steps, sampler, guidance } = drawingOptions.shape;
const prompt = z.string().trim().min(1);

/**
 * What was asked for, and where that left it to the model, what the picture's own text says.
 * @param settings of any scenario. @param restored null where the picture has no such text.
 * @returns null for a picture that was not drawn from words.
 */
export function drawnWith(settings: unknown, restored: RestoredDrawing | null): DrawnWith | null {
  const asked = typeof settings === "object" && settings !== null ? settings : {};
  const of = <T>(name: string, schema: z.ZodType<T>): T | null =>
    known(schema, asked, name) ?? known(schema, restored?.options ?? {}, name);
  const words = known(prompt, asked, "prompt") ?? (restored && known(prompt, restored, "prompt"));
  if (words === null && restored === null) return null;
  const by = of("sampler", sampler);
  return {
    prompt: words,
    negative: of("negativePrompt", negativePrompt) || null,
    ...{ model: of("model", model), seed: of("seed", seed), steps: of("steps", steps) },
    sampler: by && samplers[by as SamplerName].label,
    guidance: of("guidance", guidance),
  };
}

/** Null where it is not said, or makes no sense. */
const known = <T>(schema: z.ZodType<T>, said: object, name: string): T | null =>
  name in said ? (schema.safeParse((said as Record<string, unknown>)[name]).data ?? null) : null;
