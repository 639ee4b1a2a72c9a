import { rm } from "node:fs/promises";
import { AppError } from "../errors";
import { listModels as listFiles, type ModelKind } from "../inference/model-files";
import { isInstalledHere } from "./describe-model";
import { recordPath } from "./model-record";

/**
 * Removes an installed model and what is noted beside it. Jobs that wait for it will say that it is gone.
 * @param name exactly as it is listed.
 * @throws AppError not_found; model_shipped for what comes with the project
 */
export async function removeModel(kind: ModelKind, name: string): Promise<void> {
  const file = (await listFiles(kind)).find((model) => model.name === name);
  if (!file) throw new AppError("not_found");
  if (!isInstalledHere(kind, file.path)) throw new AppError("model_shipped", { details: { name } });
  await rm(file.path, { recursive: true });
  await rm(recordPath(file.path), { force: true });
}
