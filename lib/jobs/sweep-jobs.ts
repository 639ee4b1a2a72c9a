import { failJob, forgottenJobs, returnJob, silentJobs } from "../db/jobs";
import { log } from "../log";
import { jobEvents } from "./job-events";
import { MAX_ATTEMPTS, queueFor, sendJob } from "./queue";

/**
 * Finds the jobs that a killed process left behind: running ones that have been silent for `silentMs` wait again
 * (or end as job_interrupted after too many attempts), and waiting ones without a queue entry get a new one.
 */
export async function sweepJobs(silentMs: number): Promise<void> {
  const before = new Date(Date.now() - silentMs);
  for (const job of await silentJobs(before)) {
    if (job.claim === null) continue;
    const claim = { id: job.id, claim: job.claim };
    if (job.cancelRequested) await failJob(claim, "cancelled", {});
    else if (job.attempts >= MAX_ATTEMPTS) await failJob(claim, "job_interrupted", {});
    else {
      await returnJob(claim, true);
      await sendJob(await queueFor(job.scenario), job.scenario, job.id);
    }
    jobEvents().emit(`changed:${job.id}`);
    log("jobs").warn({ job: job.id, attempt: job.attempts }, "an interrupted job was found");
  }
  for (const job of await forgottenJobs(before)) {
    await sendJob(await queueFor(job.scenario), job.scenario, job.id);
    log("jobs").warn({ job: job.id }, "a job without a queue entry was found");
  }
  jobEvents().emit("work");
}
