import type { DrawingOptions } from "./drawing.input";
import { DEFAULT_SETTINGS, type DrawingSettings } from "./drawing-settings";
import { findChoice } from "./find-choice";
import type { DrawingModels } from "./list-drawing-models";

/** What a drawing gets where nobody says otherwise: the model's own settings, or those that one of its LoRAs needs. */
export function usualSettings(
  { checkpoints, usual, loras }: DrawingModels,
  { model, loras: chosen }: Pick<DrawingOptions, "model" | "loras">,
): Pick<DrawingSettings, "steps" | "sampler" | "guidance"> {
  const own = findChoice(checkpoints, model ?? usual)?.settings;
  const asked = chosen
    .filter(({ weight }) => weight !== 0)
    .map(({ name }) => findChoice(loras, name)?.settings);
  const { steps, sampler, guidance } = Object.assign({ ...DEFAULT_SETTINGS, ...own }, ...asked);
  return { steps, sampler, guidance };
}
