import { createHash } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { lockFolder } from "../db/folder-lock";
import { env } from "../env";
import { AppError } from "../errors";
import { changedAt } from "./changed-at";

/** Where models arrive: on the file system where they will stay, in no folder of models. */
const incoming = (): string => path.join(env().MODELS_DIR, ".incoming");

/** What nobody came back to for so long is thrown away. */
const GIVEN_UP_MS = 14 * 24 * 60 * 60_000;

/** A folder for what belongs together, the same one whenever it is asked for by the same name. */
export const stagingFolder = (name: string): string =>
  path.join(incoming(), createHash("sha256").update(name).digest("hex").slice(0, 24));

/**
 * Works in a staging folder that no other process works in meanwhile.
 * @throws AppError model_busy
 */
export async function inStaging<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const unlock = lock(folder);
  try {
    return await work();
  } finally {
    unlock();
  }
}

function lock(folder: string): () => void {
  try {
    return lockFolder(folder);
  } catch (cause) {
    if (!(cause instanceof AppError && cause.code === "database_in_use")) throw cause;
    throw new AppError("model_busy", {
      cause,
      details: cause.details.pid === undefined ? {} : { pid: cause.details.pid },
    });
  }
}

/** Throws away what has arrived in a staging folder. */
export const dropStaging = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** Removes what interrupted downloads left behind once nobody goes on with them; returns how many folders. */
export async function clearStaging(now = Date.now()): Promise<number> {
  const names = await readdir(incoming()).catch((): string[] => []);
  let removed = 0;
  for (const name of names.filter((one) => !one.endsWith(".lock"))) {
    const folder = path.join(incoming(), name);
    const newestMs = await newestIn(folder);
    if (newestMs === null || newestMs > now - GIVEN_UP_MS) continue;
    await inStaging(folder, () => dropStaging(folder)).catch((error: unknown) => {
      // Somebody did come back to it.
      if (!(error instanceof AppError && error.code === "model_busy")) throw error;
    });
    removed++;
  }
  return removed;
}

/** Null where there is nothing. */
async function newestIn(folder: string): Promise<number | null> {
  const names = await readdir(folder, { recursive: true }).catch((): string[] => []);
  const files = [folder, ...names.map((name) => path.join(folder, name))];
  const times = (await Promise.all(files.map(changedAt))).filter((time) => time !== null);
  return times.length === 0 ? null : Math.max(...times);
}
