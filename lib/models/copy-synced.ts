import { copyFile, open } from "node:fs/promises";

/** Copies a file, and returns once its bytes would survive a power cut. */
export async function copySynced(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const handle = await open(to, "r+");
  await handle.sync().finally(() => handle.close());
}
