import { findChoice } from "./find-choice";
import type { DrawingModels } from "./list-drawing-models";

type Family = DrawingModels["loras"][number]["family"];

/** What a drawing is made with: the family of the model that was chosen, else of the usual one; null where nobody knows. */
export const familyOf = (
  { checkpoints, usual }: Pick<DrawingModels, "checkpoints" | "usual">,
  model: string | null,
): Family => findChoice(checkpoints, model ?? usual)?.family ?? null;

/** Whether a LoRA goes with such models. What does not say is given the benefit of the doubt: the engine looks closer. */
export const fitsFamily = (lora: { readonly family: Family }, family: Family): boolean =>
  lora.family === null || family === null || lora.family === family;
