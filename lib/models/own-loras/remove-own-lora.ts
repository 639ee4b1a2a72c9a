import { rm } from "node:fs/promises";
import { deleteOwnLora } from "../../db/own-loras";
import { AppError } from "../../errors";
import { ownLoraPath, ownPreviewPath } from "./own-lora-path";

/** @throws AppError not_found, also for another's */
export async function removeOwnLora(ownerId: string, id: string): Promise<void> {
  if (!(await deleteOwnLora(ownerId, id))) throw new AppError("not_found");
  for (const file of [ownLoraPath({ ownerId, id }), ownPreviewPath({ ownerId, id })])
    await rm(file, { force: true });
}
