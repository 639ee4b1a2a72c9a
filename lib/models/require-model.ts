import { findOwnLora } from "../db/own-loras";
import { UUID } from "../db/uuid";
import { AppError } from "../errors";
import { findModel, type ModelFile, type ModelKind } from "../inference/model-files";
import { ownLoraPath } from "./own-loras/own-lora-path";

/**
 * The model that somebody chose from `listModels`, ready to be drawn with. The access check of every drawing job.
 * @param id as `ModelView` has it: a name, or the id of a LoRA of one's own.
 * @returns its path, and its name for prompts and settings.
 * @throws AppError not_found for a LoRA that is another's, or gone · EngineError weights_missing for a name that leads
 *   nowhere (any more)
 */
export async function requireModel(ownerId: string, kind: ModelKind, id: string): Promise<ModelFile> {
  if (kind !== "lora" || !UUID.test(id)) return { name: id, path: await findModel(id, kind) };
  const own = await findOwnLora(ownerId, id);
  if (!own) throw new AppError("not_found");
  return { name: own.title, path: ownLoraPath(own) };
}
