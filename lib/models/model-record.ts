import { readFile } from "node:fs/promises";
import { z } from "zod";

/** What is known of an installed model besides what its file says: kept beside it. */
const record = z.object({
  /** Of the catalogue; null for what the catalogue does not know. */
  catalogueId: z.string().nullable(),
  /** As `formatSource` writes it, or "file" for what was imported. */
  source: z.string(),
  licence: z.string().nullable(),
  /** What was recognised in it. */
  what: z.string(),
  family: z.string().nullable(),
  layout: z.enum(["file", "folder"]),
  triggerWords: z.array(z.string()),
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number(), sha256: z.string() })),
  installedAt: z.iso.datetime(),
});
export type ModelRecord = z.infer<typeof record>;

/** @param model absolute: the model's file or folder. */
export const recordPath = (model: string): string => `${model.replace(/\.safetensors$/, "")}.library.json`;

/** Null for what came another way, or whose record somebody wrote over. */
export async function readRecord(model: string): Promise<ModelRecord | null> {
  const text = await readFile(recordPath(model), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    return record.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
