import { z } from "zod";
import { type SamplerName, samplers } from "../engine/schedulers/registry";

/** How a model's makers say that it is drawn with; what they leave out is as everywhere. */
export const recommendedSettings = z
  .object({
    steps: z.number().int().min(1).max(1000),
    sampler: z.enum(Object.keys(samplers) as [SamplerName, ...SamplerName[]]),
    /** Where the noise levels lie. "sgm-uniform" is what diffusers calls trailing timesteps. */
    schedule: z.enum(["normal", "karras", "exponential", "sgm-uniform"]),
    /** Classifier-free guidance; 1 is none. */
    guidance: z.number().min(0).max(100),
  })
  .partial();
export type RecommendedSettings = z.infer<typeof recommendedSettings>;
