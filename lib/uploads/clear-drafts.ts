import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { DRAFT_HOURS, draftFolder } from "./draft-store";

/** Removes what interrupted uploads left behind once they can't be taken up any more; returns how many files. */
export async function clearDrafts(now = Date.now()): Promise<number> {
  const before = now - DRAFT_HOURS * 60 * 60 * 1000;
  const names = await readdir(draftFolder()).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  let removed = 0;
  for (const name of names) {
    const file = path.join(draftFolder(), name);
    const found = await stat(file).catch(() => null);
    if (!found || found.mtimeMs > before) continue;
    await rm(file, { force: true });
    removed++;
  }
  return removed;
}
