import { openCheckpoint } from "../engine/layouts/open-checkpoint";
import type { SamplerName } from "../engine/schedulers/registry";

/** How a model is drawn with where nobody says otherwise: as it was trained. */
export interface ModelDefaults {
  /** Pixels; pictures are square. */
  readonly side: number;
  /** Of a model that was distilled to few steps. */
  readonly few?: { readonly steps: number; readonly sampler: SamplerName; readonly guidance: number };
}

/** Of Stable Diffusion's autoencoders, and of all that draw in their manner. */
const PIXELS_OF_LATENT = 8;
const SIDE: Readonly<Record<string, number>> = { sdxl: 1024, "sdxl-refiner": 1024 };
const USUAL_SIDE = 512;
/** The paper's steps; guidance in the middle of what models were distilled with. */
const LCM = { steps: 4, sampler: "lcm", guidance: 3 } as const;

/**
 * From headers alone: the size from the UNet's config.json, and whether a folder's scheduler is LCM's.
 * @param model absolute: a .safetensors file or a diffusers folder. @throws EngineError those of `openCheckpoint`
 */
export async function readModelDefaults(model: string): Promise<ModelDefaults> {
  const { family, unet, scheduler } = await openCheckpoint(model);
  const latents = unet.config.sample_size;
  const side = typeof latents === "number" ? latents * PIXELS_OF_LATENT : (SIDE[family] ?? USUAL_SIDE);
  return scheduler._class_name === "LCMScheduler" ? { side, few: LCM } : { side };
}
