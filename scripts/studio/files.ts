import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { AppError, toAppError } from "@/lib/errors";

/** @throws AppError file_unreadable */
export async function readInput(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    throw new AppError("file_unreadable", { cause, details: { file } });
  });
}

/** Writes a file wholly or not at all. @throws AppError disk_full · file_unwritable */
export async function writeOutput(file: string, bytes: Uint8Array): Promise<void> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}`);
  try {
    const handle = await open(draft, "wx");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true });
    if (toAppError(cause).code === "disk_full") throw new AppError("disk_full", { cause });
    throw new AppError("file_unwritable", { cause, details: { file } });
  }
}
