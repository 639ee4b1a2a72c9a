import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { findJobOwner } from "@/lib/db/jobs";
import { deleteJobBlob } from "@/lib/db/pictures";
import { AppError, toAppError } from "@/lib/errors";
import type { JobHandler } from "@/lib/jobs/job-handler";
import { storage } from "@/lib/storage/open-storage";
import { importArchive } from "@/lib/uploads/import-archive";
import { archiveImportInput } from "./archive-import.job";

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
    await discard(blob, job.id);
    return { result };
  } catch (thrown) {
    // An archive that will never do is of no use any more; for everything else another run needs it.
    const error = toAppError(signal.aborted ? signal.reason : thrown);
    if (!error.retryable) await discard(blob, job.id);
    throw thrown;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const discard = (blob: string, jobId: string) => deleteJobBlob(jobId, blob, () => storage().remove(blob));

function gone(): never {
  throw new AppError("not_found");
}
