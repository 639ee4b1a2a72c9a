import { createHash } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { AppError } from "../errors";
import type { Content, StoredBlob } from "./storage";

/** The moments of a durable write at which tests end the process or fill the disk. */
export type WriteStep = "opened" | "part-written" | "written" | "synced" | "renamed" | "folder-synced";
export type OnStep = (step: WriteStep) => void | Promise<void>;

/** Writes content to a new file while hashing it, down to the disk; removes the file when anything goes wrong. */
export async function writeHashed(file: string, content: Content, onStep: OnStep): Promise<StoredBlob> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const handle = await open(file, "wx", 0o600);
  try {
    await onStep("opened");
    for await (const chunk of chunksOf(content)) {
      hash.update(chunk);
      await handle.appendFile(chunk);
      sizeBytes += chunk.byteLength;
      await onStep("part-written");
    }
    await onStep("written");
    await handle.sync();
    await handle.close();
    await onStep("synced");
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(file, { force: true });
    throw asDiskError(error);
  }
  return { hash: hash.digest("hex"), sizeBytes };
}

async function* chunksOf(content: Content): AsyncIterable<Uint8Array> {
  if (content instanceof Uint8Array) yield content;
  else yield* content;
}

/** Flushes a folder's list of names, without which a renamed file may be gone after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; its file system journals the names itself.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A full disk under its own code; everything else as it is. */
export function asDiskError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === "ENOSPC" || code === "EDQUOT" ? new AppError("disk_full", { cause: error }) : error;
}
