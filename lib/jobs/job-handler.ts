import type { Job, Prisma } from "../db/client";

/** What a handler gets to work with. */
export interface JobContext {
  readonly job: Job;
  /** Aborted when the owner cancels, the process stops, or nothing was reported for ten minutes. */
  readonly signal: AbortSignal;
  /**
   * Tells the owner how far the work is; `stage` is a message key, `result` what there is of the outcome's by now, where
   * it is worth looking at. Cheap: call it as often as you like.
   */
  report(progress: number, stage: string, result?: Prisma.InputJsonValue): void;
}

/** What a job ends with: a picture, or facts that its owner's page can read. */
export interface JobOutcome {
  pictureId?: string;
  result?: Prisma.InputJsonValue;
}

/**
 * The work of one scenario. It may run more than once for one job (a killed process), so what it makes must be
 * named by the job: a picture takes `job.id` as its id, and one that is already there is left as it is.
 * Errors whose code is retryable are tried again; every other one ends the job with that code.
 */
export type JobHandler = (context: JobContext) => Promise<JobOutcome>;

/** Which handler does which scenario; the composition roots pass it to the job loop. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;
