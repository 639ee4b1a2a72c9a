import { databaseKind, type Job } from "../db/client";
import { FINAL_STATES, findJob } from "../db/jobs";
import { AppError } from "../errors";
import { nextEvent } from "./job-events";

/**
 * The owner's job, then again whenever its row has changed, up to its end. On one machine changes arrive as they
 * are written; with a database server another node may do the work, so the row is polled too.
 * @throws AppError not_found
 */
export async function* watchJob(ownerId: string, id: string, signal?: AbortSignal): AsyncGenerator<Job> {
  const pollMs = databaseKind() === "server" ? 500 : 5_000;
  let seen = "";
  while (!signal?.aborted) {
    // Listen first, then read: a change between the two must not be missed.
    const stopWaiting = new AbortController();
    const changed = nextEvent(
      `changed:${id}`,
      pollMs,
      AbortSignal.any([stopWaiting.signal, ...(signal ? [signal] : [])]),
    );
    try {
      const job = await findJob(ownerId, id);
      if (!job) throw new AppError("not_found");
      const { updatedAt: _, claim: __, ...visible } = job;
      const now = JSON.stringify(visible);
      if (now !== seen) yield job;
      seen = now;
      if (FINAL_STATES.includes(job.state)) return;
      await changed;
    } finally {
      stopWaiting.abort();
    }
  }
}
