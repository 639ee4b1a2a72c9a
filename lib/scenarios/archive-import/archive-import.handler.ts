import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { findJobOwner } from "@/lib/db/jobs";
import { AppError, toAppError } from "@/lib/errors";
import type { JobHandler } from "@/lib/jobs/job-handler";
import { storage } from "@/lib/storage/open-storage";
import { importArchive } from "@/lib/uploads/import-archive";
import { archiveImportInput } from "./archive-import.job";
import { discardArchive } from "./discard-archive";

/** Unpacks the archive into the owner's gallery; the archive itself is not kept. */
export const archiveImportHandler: JobHandler = async ({ job, signal, report }) => {
  const { blob } = archiveImportInput.parse(job.input);
  const folder = await mkdtemp(path.join(tmpdir(), "mosaiq-archive-"));
  try {
    const file = path.join(folder, "archive.zip");
    await pipeline(await storage().open(blob), createWriteStream(file), { signal });
    const result = await importArchive(file, {
      findOwner: async () => (await findJobOwner(job.id)) ?? gone(),
      since: job.createdAt,
      signal,
      onProgress: (part) => report(part, "unpacking"),
    });
    await discardArchive(job.id, blob);
    return { result };
  } catch (thrown) {
    // An archive that will never do is of no use any more; for everything else another run needs it.
    const error = toAppError(signal.aborted ? signal.reason : thrown);
    if (!error.retryable) await discardArchive(job.id, blob);
    throw thrown;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

function gone(): never {
  throw new AppError("not_found");
}
