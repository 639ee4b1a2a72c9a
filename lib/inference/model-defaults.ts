import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { EngineError } from "../engine/engine-error";
import { openCheckpoint } from "../engine/layouts/open-checkpoint";
import { type RecommendedSettings, recommendedSettings } from "./recommended-settings";

/** How a model is drawn with where nobody says otherwise. */
export interface ModelDefaults {
  /** Pixels; pictures are square. */
  readonly side: number;
  /** Whose weights fit it: "sd15", "sdxl", … */
  readonly family: string;
  /** What its makers recommend. */
  readonly settings: RecommendedSettings;
  readonly companions: Companions;
}

/** Of Stable Diffusion's autoencoders, and of all that draw in their manner. */
const PIXELS_OF_LATENT = 8;
const SIDE: Readonly<Record<string, number>> = { sdxl: 1024, "sdxl-refiner": 1024 };
const USUAL_SIDE = 512;

/** A folder's own recommendation, beside its model_index.json. */
const RECOMMENDED = "studio.json";
/** What belongs to a model, by the names under which it is installed. */
const companions = z
  .object({
    /** Makes pictures larger that the model draws too small to be looked at. */
    upscaler: z.string(),
    /**
     * A ControlNet that is shown a code's modules; pixels a side of a module that it draws best; and, where they are not as
     * for QR Monster, its weights and the second pass's strengths, from least to most of the code.
     */
    qr: z.object({
      control: z.string(),
      modulePx: z.number().min(4).max(64),
      weights: z.tuple([z.number().min(0).max(4), z.number().min(0).max(4)]).optional(),
      strengths: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]).optional(),
    }),
    /** A ControlNet that is shown lines, and what draws them. */
    line: z.object({ control: z.string(), annotator: z.string() }),
  })
  .partial();
export type Companions = z.infer<typeof companions>;
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
  const { settings = scheduler._class_name === "LCMScheduler" ? LCM : {}, companions = {} } = own ?? {};
  return { side, family, settings, companions };
}

/**
 * What belongs to a model, without a look at its weights.
 * @param model absolute. @throws EngineError weights_damaged where `studio.json` says something else
 */
export const readCompanions = async (model: string): Promise<Companions> =>
  (await readRecommended(path.join(model, RECOMMENDED)))?.companions ?? {};

async function readRecommended(file: string): Promise<Pick<ModelDefaults, "settings" | "companions"> | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return null;
  try {
    const said: unknown = JSON.parse(text);
    return { settings: recommendedSettings.parse(said), companions: companions.parse(said) };
  } catch (cause) {
    throw new EngineError("weights_damaged", `${file} is no settings`, { file, got: "JSON" }, { cause });
  }
}
