import type { Job } from "@/lib/db/client";
import { ARCHIVE_IMPORT, archiveImportInput } from "./archive-import/archive-import.job";
import { discardArchive } from "./archive-import/discard-archive";

/** Removes what was kept for a job that was cancelled before any run of it could tidy up. Of every other job, nothing. */
export async function letGo({ id, scenario, state, input }: Job): Promise<void> {
  if (state !== "cancelled" || scenario !== ARCHIVE_IMPORT) return;
  await discardArchive(id, archiveImportInput.parse(input).blob);
}
