import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";

/**
 * A fresh data folder with an empty embedded database in it. Creating one takes seconds, so the first is kept as
 * a pattern for all others of this PGlite version.
 */
export async function freshDataDir(): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "mosaiq-test-"));
  await cp(await pattern(), path.join(dataDir, "postgres"), { recursive: true });
  return dataDir;
}

async function pattern(): Promise<string> {
  const version = await readFile("node_modules/@electric-sql/pglite/package.json", "utf8");
  const folder = path.join(
    tmpdir(),
    `mosaiq-pglite-${createHash("sha256").update(version).digest("hex").slice(0, 12)}`,
  );
  if (existsSync(folder)) return folder;
  const draft = await mkdtemp(`${folder}-`);
  const database = new PGlite(path.join(draft, "postgres"), { extensions: { vector } });
  await database.waitReady;
  await database.close();
  try {
    await rename(path.join(draft, "postgres"), folder);
  } catch (error) {
    // Another test file was faster; its pattern is as good.
    if ((await readdir(folder)).length === 0) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}
