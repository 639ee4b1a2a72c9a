import { defaultCheckpoint } from "../inference/model-files";
import { listModels } from "../models/list-models";

/** What a drawing can be made with. */
export interface DrawingModels {
  /** Names of checkpoints. */
  readonly checkpoints: readonly string[];
  /** What is drawn with where nobody chooses; null where there is nothing at all. */
  readonly usual: string | null;
  /** One's own first. */
  readonly loras: readonly LoraChoice[];
}

export interface LoraChoice {
  /** As the prompt and `drawingOptions` name it. */
  readonly id: string;
  readonly title: string;
  /** What calls it up, in the prompt. */
  readonly triggerWords: readonly string[];
}

/** What is installed, with an owner's own LoRAs; null for a first visit, which owns nothing. */
export async function listDrawingModels(ownerId: string | null): Promise<DrawingModels> {
  const [checkpoints, loras, usual] = await Promise.all([
    listModels(ownerId, ["checkpoint"]),
    listModels(ownerId, ["lora"]),
    defaultCheckpoint(),
  ]);
  return {
    checkpoints: checkpoints.map(({ id }) => id),
    loras: loras.map(({ id, title, triggerWords }) => ({ id, title, triggerWords })),
    usual: usual?.name ?? null,
  };
}
