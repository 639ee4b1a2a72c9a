import { statfs } from "node:fs/promises";
import { AppError } from "../../errors";
import { formatBytes } from "../format-bytes";

/** What the database, the gallery and the system still need while models come in. */
export const RESERVE_BYTES = 512 * 1024 * 1024;

/** @param folder that exists. */
export async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Number(bavail) * Number(bsize);
}

/** @throws AppError model_no_room where the disk would have less than its reserve left. */
export async function requireSpace(folder: string, neededBytes: number): Promise<void> {
  const freeBytes = await freeSpace(folder);
  if (freeBytes - neededBytes >= RESERVE_BYTES) return;
  throw new AppError("model_no_room", {
    details: { needed: formatBytes(neededBytes + RESERVE_BYTES), free: formatBytes(freeBytes) },
  });
}
