import type { Job } from "../db/client";
import { type Claim, claimJob, failJob, finishJob, returnJob } from "../db/jobs";
import { AppError, toAppError } from "../errors";
import { log } from "../log";
import { jobEvents } from "./job-events";
import type { JobContext, JobHandlers, JobOutcome } from "./job-handler";
import { progressWriter } from "./progress-writer";
import { MAX_ATTEMPTS } from "./queue";

/** How often a run says that it is alive; a run silent for several of these is taken for dead. */
export const BEAT_MS = 2_000;
/** A run that tells nothing new for so long is stuck; one that gets on may take hours. */
const PATIENCE_MS = 10 * 60_000;

/** "settled": the queue's entry is done with. "again": it should be delivered again, or be counted as dead. */
type Outcome = "settled" | "again";

/**
 * One delivery of a job: takes its row, runs the handler, writes the end. A job that no longer waits is left
 * alone, so a second delivery does nothing. `shutdown` aborts the run and gives the job back.
 */
export async function runJob(handlers: JobHandlers, jobId: string, shutdown: AbortSignal): Promise<Outcome> {
  const job = await claimJob(jobId);
  if (!job) return "settled";
  const changed = () => jobEvents().emit(`changed:${job.id}`);
  changed();
  try {
    if (await finishJob(job, await work(handlers, job, shutdown)))
      log("jobs").info({ job: job.id, scenario: job.scenario }, "job done");
    return "settled";
  } catch (thrown) {
    return await settleFailure(job, toAppError(thrown), shutdown);
  } finally {
    changed();
    jobEvents().emit("ended");
  }
}

async function work(handlers: JobHandlers, job: Job & Claim, shutdown: AbortSignal): Promise<JobOutcome> {
  const handler = handlers[job.scenario];
  if (!handler) throw new Error(`no handler for scenario ${job.scenario}`);
  const stop = new AbortController();
  const cancel = () => stop.abort(new AppError("cancelled"));
  jobEvents().on(`cancel:${job.id}`, cancel);
  const progress = progressWriter(job, BEAT_MS, (reason) =>
    stop.abort(new AppError(reason === "cancelled" ? "cancelled" : "job_interrupted")),
  );
  const patience = setTimeout(() => stop.abort(new AppError("job_interrupted")), PATIENCE_MS);
  const report: JobContext["report"] = (...news) => {
    patience.refresh();
    progress.report(...news);
  };
  const signal = AbortSignal.any([stop.signal, shutdown]);
  try {
    return await Promise.race([handler({ job, signal, report }), whenAborted(signal)]);
  } catch (error) {
    // Whatever a handler throws once it was told to stop, the reason is why it stopped.
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(patience);
    jobEvents().off(`cancel:${job.id}`, cancel);
    await progress.close();
  }
}

/** Rejects when aborted: a handler that does not listen must not hold up the loop. */
const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const refuse = () => reject(signal.reason);
    if (signal.aborted) refuse();
    else signal.addEventListener("abort", refuse, { once: true });
  });

async function settleFailure(job: Job & Claim, error: AppError, shutdown: AbortSignal): Promise<Outcome> {
  const facts = { job: job.id, scenario: job.scenario, code: error.code, attempt: job.attempts };
  if (shutdown.aborted && error.code !== "cancelled") {
    await returnJob(job, false);
    log("jobs").info(facts, "job returned to the queue: the process stops");
    return "again";
  }
  if (error.retryable && job.attempts < MAX_ATTEMPTS) {
    await returnJob(job, true);
    log("jobs").warn({ ...facts, err: error }, "job will be tried again");
    return "again";
  }
  await failJob(job, error.code, error.details);
  if (error.code === "internal") log("jobs").error({ ...facts, err: error }, "job failed unexpectedly");
  else log("jobs").info(facts, error.code === "cancelled" ? "job cancelled" : "job failed");
  return error.retryable ? "again" : "settled";
}
