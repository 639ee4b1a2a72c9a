import type PgBoss from "pg-boss";
import { databaseKind } from "../db/client";
import { env } from "../env";
import { AppError } from "../errors";
import { log } from "../log";
import { jobEvents, nextEvent } from "./job-events";
import type { JobHandlers } from "./job-handler";
import { queueFor, startQueue, stopQueue } from "./queue";
import { BEAT_MS, runJob } from "./run-job";
import { sweepJobs } from "./sweep-jobs";

const SILENT_MS = 10 * BEAT_MS;

// One per process, though Next bundles this module more than once.
const KEY = Symbol.for("mosaiq.job-loop");
const shared = globalThis as { [KEY]?: boolean };

/** True from the start of this process's job loop to its stop. */
export const isJobLoopRunning = (): boolean => shared[KEY] ?? false;

export interface JobLoop {
  /** Takes no more jobs, lets the running ones end within `graceMs`, gives the rest back to the queue. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Works on the jobs of the scenarios in `handlers`, `JOB_CONCURRENCY` of each at once, until stopped. Any number
 * of processes may do so on one database server.
 */
export async function startJobLoop(handlers: JobHandlers): Promise<JobLoop> {
  const isAlone = databaseKind() === "embedded";
  const stopping = new AbortController();
  const shutdown = new AbortController();
  await startQueue();
  const bosses: [string, PgBoss][] = [];
  // One after another: two that are made at once on a server wait for each other's locks.
  for (const scenario of Object.keys(handlers)) bosses.push([scenario, await queueFor(scenario)]);
  // Alone on its database, a starting process knows that whatever seems to run does not.
  await sweepJobs(isAlone ? 0 : SILENT_MS);

  const workers = bosses.flatMap(([scenario, boss]) =>
    Array.from({ length: env().JOB_CONCURRENCY }, () =>
      takeJobs(boss, scenario, handlers, isAlone ? 2_000 : 500, stopping.signal, shutdown.signal),
    ),
  );
  const sweeper = setInterval(() => {
    sweepJobs(SILENT_MS).catch((err) => log("jobs").error({ err }, "the search for interrupted jobs failed"));
  }, SILENT_MS);
  shared[KEY] = true;
  log("jobs").info({ scenarios: Object.keys(handlers) }, "job loop started");

  return {
    stop: async (graceMs = 8_000) => {
      shared[KEY] = false;
      clearInterval(sweeper);
      stopping.abort();
      const grace = setTimeout(() => shutdown.abort(new AppError("job_interrupted")), graceMs);
      await Promise.all(workers);
      clearTimeout(grace);
      await stopQueue();
    },
  };
}

async function takeJobs(
  boss: PgBoss,
  scenario: string,
  handlers: JobHandlers,
  pollMs: number,
  stopping: AbortSignal,
  shutdown: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    // Listen first, then look: a job sent between the two must not wait for the next poll.
    const stopWaiting = new AbortController();
    const wake = nextEvent("work", pollMs, AbortSignal.any([stopping, stopWaiting.signal]));
    const [entry] = await boss.fetch<{ jobId: string }>(scenario, { batchSize: 1 });
    if (!entry) await wake;
    else await deliver(boss, scenario, handlers, entry, shutdown);
    stopWaiting.abort();
  }
}

async function deliver(
  boss: PgBoss,
  scenario: string,
  handlers: JobHandlers,
  entry: PgBoss.Job<{ jobId: string }>,
  shutdown: AbortSignal,
): Promise<void> {
  try {
    const outcome = await runJob(handlers, entry.data.jobId, shutdown);
    if (outcome === "settled") await boss.complete(scenario, entry.id);
    else await boss.fail(scenario, entry.id, { message: "see the job's row" });
  } catch (err) {
    // The database is away: the row keeps its last state, and the search for interrupted jobs finds it later.
    log("jobs").error({ err, job: entry.data.jobId }, "a job's end could not be written");
    jobEvents().emit(`changed:${entry.data.jobId}`);
    await nextEvent("never", 1_000, shutdown);
  }
}
