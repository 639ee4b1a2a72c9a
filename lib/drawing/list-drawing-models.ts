import { defaultCheckpoint } from "../inference/model-files";
import type { ModelFamily } from "../inference/read-model-facts";
import { listModels } from "../models/list-models";

/** What a drawing can be made with. */
export interface DrawingModels {
  readonly checkpoints: readonly CheckpointChoice[];
  /** What is drawn with where nobody chooses; null where there is nothing at all. */
  readonly usual: string | null;
  /** One's own first. */
  readonly loras: readonly LoraChoice[];
}

export interface CheckpointChoice {
  /** As `drawingOptions` names it. */
  readonly id: string;
  readonly family: ModelFamily | null;
}

export interface LoraChoice {
  /** As the prompt and `drawingOptions` name it. */
  readonly id: string;
  /** Of the checkpoints that it goes with; null where it does not say. */
  readonly family: ModelFamily | null;
  readonly title: string;
  /** What calls it up, in the prompt. */
  readonly triggerWords: readonly string[];
}

/** What is installed, with an owner's own LoRAs; null for a first visit, which owns nothing. */
export async function listDrawingModels(ownerId: string | null): Promise<DrawingModels> {
  const [checkpoints, loras, usual] = await Promise.all([
    listModels(ownerId, ["checkpoint"]),
    listModels(ownerId, ["lora"]),
    // An operator's choice that is gone is told to whoever draws, not by every page.
    defaultCheckpoint().catch(() => null),
  ]);
  return {
    checkpoints: checkpoints.map(({ id, family }) => ({ id, family })),
    loras: loras.map(({ id, title, family, triggerWords }) => ({ id, title, family, triggerWords })),
    usual: usual?.name ?? null,
  };
}
