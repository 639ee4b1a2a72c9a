import { z } from "zod";
import { type AppError, toAppError } from "../errors";
import { addPicture } from "../pictures/add-picture";
import { cleanTitle } from "../pictures/picture-title";
import { type ArchiveFile, readArchive } from "./read-archive";

/** Refused files that are told by name; of more, the number. */
const MOST_TOLD = 200;

/** What became of an archive. */
export const archiveReport = z.object({
  added: z.number().int(),
  /** Were there already. */
  present: z.number().int(),
  refused: z.number().int(),
  /** The first of the refused, and why: a code of the errors' table with its details. */
  told: z.array(
    z.object({
      name: z.string(),
      code: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});
export type ArchiveReport = z.infer<typeof archiveReport>;

interface ImportOptions {
  /** Asked before every picture: a guest may sign in meanwhile. */
  findOwner: () => Promise<string>;
  /** Pictures from then on count as added, also when an earlier run of the same import took them in. */
  since: Date;
  signal: AbortSignal;
  /** @param part 0 to 1. */
  onProgress: (part: number) => void;
}

/**
 * Takes an archive's pictures into a gallery, one after the other. What can't be used is told in the report and holds
 * nothing up. Run again after an interruption it goes through all of them, and none comes twice.
 * @throws AppError of `readArchive`; those that may pass (a full disk, a lost database), with the rest not yet taken in.
 */
export async function importArchive(path: string, options: ImportOptions): Promise<ArchiveReport> {
  const { signal, onProgress } = options;
  const archive = await readArchive(path);
  const report: ArchiveReport = { added: 0, present: 0, refused: 0, told: [] };
  try {
    for (const [i, file] of archive.files.entries()) {
      signal.throwIfAborted();
      onProgress(i / archive.files.length);
      await importFile(file, options, report);
    }
  } finally {
    archive.close();
  }
  return report;
}

async function importFile(
  file: ArchiveFile,
  { findOwner, since }: ImportOptions,
  report: ArchiveReport,
): Promise<void> {
  try {
    const bytes = await file.read();
    const { picture, isNew } = await addPicture(await findOwner(), { bytes, name: file.name });
    if (isNew || new Date(picture.createdAt) >= since) report.added++;
    else report.present++;
  } catch (thrown) {
    const error: AppError = toAppError(thrown);
    if (error.retryable || error.code === "internal" || error.code === "not_found") throw thrown;
    report.refused++;
    const { code, details } = error;
    if (report.told.length < MOST_TOLD) report.told.push({ name: cleanTitle(file.name), code, details });
  }
}
