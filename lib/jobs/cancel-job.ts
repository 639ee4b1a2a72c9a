import type { Job } from "../db/client";
import { findJob, requestCancel } from "../db/jobs";
import { AppError } from "../errors";
import { jobEvents } from "./job-events";

/**
 * Stops the owner's job: at once when it waits, at its next step when it runs; one that is over stays as it is.
 * @throws AppError not_found
 */
export async function cancelJob(ownerId: string, id: string): Promise<Job> {
  if (await requestCancel(ownerId, id)) {
    jobEvents().emit(`cancel:${id}`);
    jobEvents().emit(`changed:${id}`);
    jobEvents().emit("ended");
  }
  const job = await findJob(ownerId, id);
  if (!job) throw new AppError("not_found");
  return job;
}
