import type { DrawingSettings } from "@/lib/drawing/drawing-settings";
import { planSecondPass } from "@/lib/drawing/second-pass";
import type { Picture } from "@/lib/engine/picture";
import type { GenerateInput, GenerateOutput } from "@/lib/inference/tasks";
import type { Workshop } from "./generate-workshop";
import { messages } from "./messages/messages";

/** A drawing, whether it was drawn once or twice. */
export interface Finished {
  readonly picture: Picture;
  /** With the second pass as it was. */
  readonly settings: DrawingSettings;
  /** What went otherwise than was asked for. */
  readonly notes: readonly string[];
}

/**
 * Draws a picture's second pass, where its settings ask for one.
 * @param settings the picture's own, with its seed. @param draw as the first pass was drawn.
 */
export async function drawOver(
  { side, plan, enlarge }: Workshop,
  picture: Picture,
  settings: DrawingSettings,
  draw: (input: GenerateInput) => Promise<GenerateOutput>,
): Promise<Finished> {
  const { hires } = settings;
  const told = messages().generate;
  if (!hires) return { picture, settings, notes: [] };
  const pass = planSecondPass(settings, hires, side);
  if (!pass)
    return {
      ...{ picture, settings: { ...settings, hires: null } },
      notes: [told.noSecondPass()],
    };
  const { times, ...rest } = pass;
  const { picture: larger, upscaler } = await enlarge(picture, pass);
  const over =
    pass.strength === 0 ? null : await draw(await plan({ ...settings, ...rest, hires: null }, larger));
  return {
    picture: over?.pictures[0]?.picture ?? larger,
    settings: { ...settings, hires: { ...hires, times, upscaler } },
    notes: times < hires.times ? [told.smallerPass(hires.times, times, `${pass.width}×${pass.height}`)] : [],
  };
}
