import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../errors";
import { listModels as listFiles, type ModelKind } from "../inference/model-files";
import { jobEvents } from "../jobs/job-events";
import { isInstalledHere } from "./describe-model";
import { recordPath } from "./model-record";
import { dropStaging, stagingFolder } from "./staging";

/**
 * Removes an installed model and what is noted beside it. Jobs that wait for it will say that it is gone.
 * @param name exactly as it is listed.
 * @throws AppError not_found; model_shipped for what comes with the project
 */
export async function removeModel(kind: ModelKind, name: string): Promise<void> {
  const file = (await listFiles(kind)).find((model) => model.name === name);
  if (!file) throw new AppError("not_found");
  if (!isInstalledHere(kind, file.path)) throw new AppError("model_shipped", { details: { name } });
  const aside = stagingFolder(`remove:${randomUUID()}`);
  await mkdir(aside, { recursive: true });
  try {
    await moveOrRemove(file.path, path.join(aside, path.basename(file.path)));
    await rm(recordPath(file.path), { force: true });
    if (kind === "clip") jobEvents().emit("picture");
  } finally {
    await dropStaging(aside);
  }
}

/** Half a folder under a model's name would be found as one: it loses its name first. */
async function moveOrRemove(file: string, aside: string): Promise<void> {
  try {
    await rename(file, aside);
  } catch (error) {
    // A folder of models that lies on a disk of its own.
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await rm(file, { recursive: true });
  }
}
