import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { EngineError } from "../engine/engine-error";
import { openCheckpoint } from "../engine/layouts/open-checkpoint";
import { type SamplerName, samplers } from "../engine/schedulers/registry";

/** How a model is drawn with where nobody says otherwise. */
export interface ModelDefaults {
  /** Pixels; pictures are square. */
  readonly side: number;
  /** What its makers recommend. */
  readonly settings: z.infer<typeof recommended>;
}

/** Of Stable Diffusion's autoencoders, and of all that draw in their manner. */
const PIXELS_OF_LATENT = 8;
const SIDE: Readonly<Record<string, number>> = { sdxl: 1024, "sdxl-refiner": 1024 };
const USUAL_SIDE = 512;

/** A folder's own recommendation, beside its model_index.json. */
const RECOMMENDED = "studio.json";
const recommended = z
  .object({
    steps: z.number().int().min(1).max(1000),
    sampler: z.enum(Object.keys(samplers) as [SamplerName, ...SamplerName[]]),
    guidance: z.number().min(0).max(100),
  })
  .partial();
/** The paper's steps; guidance in the middle of what such models were distilled with. */
const LCM = { steps: 4, sampler: "lcm", guidance: 3 } as const;

/**
 * From headers and small files alone: the size from the UNet's config.json, settings from `studio.json`, or LCM's where
 * the folder's scheduler is that.
 * @param model absolute: a .safetensors file or a diffusers folder.
 * @throws EngineError weights_damaged where `studio.json` says something else; those of `openCheckpoint`
 */
export async function readModelDefaults(model: string): Promise<ModelDefaults> {
  const { family, unet, scheduler } = await openCheckpoint(model);
  const latents = unet.config.sample_size;
  const side = typeof latents === "number" ? latents * PIXELS_OF_LATENT : (SIDE[family] ?? USUAL_SIDE);
  const own = await readRecommended(path.join(model, RECOMMENDED));
  return { side, settings: own ?? (scheduler._class_name === "LCMScheduler" ? LCM : {}) };
}

async function readRecommended(file: string): Promise<ModelDefaults["settings"] | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return null;
  try {
    return recommended.parse(JSON.parse(text));
  } catch (cause) {
    throw new EngineError("weights_damaged", `${file} is no settings`, { file, got: "JSON" }, { cause });
  }
}
