import { defaultCheckpoint, listModels } from "../inference/model-files";

/** What a drawing can be made with, by name. */
export interface DrawingModels {
  readonly checkpoints: readonly string[];
  /** What is drawn with where nobody chooses; null where there is nothing at all. */
  readonly usual: string | null;
  readonly loras: readonly string[];
}

/** What is installed. */
export async function listDrawingModels(): Promise<DrawingModels> {
  const [checkpoints, loras, usual] = await Promise.all([
    listModels("checkpoint"),
    listModels("lora"),
    defaultCheckpoint(),
  ]);
  const namesOf = (models: readonly { readonly name: string }[]) => models.map(({ name }) => name);
  return { checkpoints: namesOf(checkpoints), loras: namesOf(loras), usual: usual?.name ?? null };
}
