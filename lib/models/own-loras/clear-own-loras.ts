import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { knownLoraIds } from "../../db/own-loras";
import { changedAt } from "../changed-at";
import { ownLoraFolder } from "./own-lora-path";

const DAY_MS = 24 * 60 * 60_000;

/** Removes files that are nobody's: of an upload that a crash cut off, of people who are gone; returns how many. */
export async function clearOwnLoras(now = Date.now()): Promise<number> {
  const names = await readdir(ownLoraFolder(), { recursive: true }).catch((): string[] => []);
  const files = names.filter((name) => /\.(safetensors|webp|draft)$/.test(name));
  const known = await knownLoraIds(files.map(idOf));
  let removed = 0;
  for (const name of files) {
    const file = path.join(ownLoraFolder(), name);
    if (known.has(idOf(name)) && !name.endsWith(".draft")) continue;
    const changedMs = await changedAt(file);
    if (changedMs === null || changedMs > now - DAY_MS) continue;
    await rm(file, { force: true });
    removed++;
  }
  return removed;
}

const idOf = (name: string): string => path.basename(name).split(".")[0]!;
