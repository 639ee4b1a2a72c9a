import { db, type Job } from "../db/client";
import { findJob, requeueJob } from "../db/jobs";
import { AppError } from "../errors";
import { jobEvents } from "./job-events";
import { queueFor, sendJob } from "./queue";

const OVER = ["failed", "cancelled"] as const;

/**
 * Runs the owner's failed or cancelled job again, with the same input.
 * @param isLost whether what it made is gone, so that it runs again where it is done as well.
 * @throws AppError not_found, job_not_retryable
 */
export async function retryJob(ownerId: string, id: string, { isLost = false } = {}): Promise<Job> {
  const job = await findJob(ownerId, id);
  if (!job) throw new AppError("not_found");
  const boss = await queueFor(job.scenario);
  const again = await db().$transaction(async (tx) => {
    const waiting = await requeueJob(tx, ownerId, id, isLost ? [...OVER, "done"] : OVER);
    if (waiting) await sendJob(boss, waiting.scenario, id, tx);
    return waiting;
  });
  if (!again) throw new AppError("job_not_retryable");
  jobEvents().emit("work");
  jobEvents().emit(`changed:${id}`);
  return again;
}
