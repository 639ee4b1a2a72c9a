import type { DrawRequest } from "@/lib/engine/pipelines/diffusion";
import { readModelDefaults } from "@/lib/inference/model-defaults";

/** How everything here is drawn. */
export type Manner = Omit<DrawRequest, "prompt" | "seeds">;

/** As the family's makers say, at its own size. */
export async function readManner(family: string): Promise<Manner> {
  const { side, settings } = await readModelDefaults(family);
  const { steps, sampler, guidance } = settings;
  if (!steps || !sampler || guidance === undefined)
    throw new Error(`${family}/studio.json names no settings`);
  return {
    ...{ steps, sampler, guidance, width: side, height: side, negativePrompt: "" },
    ...{ schedule: "normal", convention: "diffusers", generator: "torch-cpu" },
  };
}
