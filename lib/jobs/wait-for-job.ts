import type { Job } from "../db/client";
import { findJob } from "../db/jobs";
import { AppError } from "../errors";
import { watchJob } from "./watch-job";

/**
 * The owner's job once it is over, or as it stands after `seconds`; at once where it is 0.
 * @throws AppError not_found
 */
export async function waitForJob(
  ownerId: string,
  id: string,
  seconds: number,
  gone: AbortSignal,
): Promise<Job> {
  let job = await findJob(ownerId, id);
  if (!job) throw new AppError("not_found");
  if (seconds === 0) return job;
  const signal = AbortSignal.any([gone, AbortSignal.timeout(seconds * 1000)]);
  for await (const row of watchJob(ownerId, id, signal)) job = row;
  return job;
}
