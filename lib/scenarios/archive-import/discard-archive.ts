import { deleteJobBlob } from "@/lib/db/pictures";
import { storage } from "@/lib/storage/open-storage";

/** Removes a job's archive from storage, of which it has no use any more; it stays where another job waits for the same bytes. */
export const discardArchive = (jobId: string, blob: string): Promise<void> =>
  deleteJobBlob(jobId, blob, () => storage().remove(blob));
