import type PgBoss from "pg-boss";
import { databaseKind } from "../db/client";
import { log } from "../log";
import { nextEvent } from "./job-events";
import { queueFor, WEBHOOKS } from "./queue";
import { queueWebhooks } from "./queue-webhooks";

/** Told at once, so that one who does not answer holds up few others. */
const AT_ONCE = 10;

/** Tells one job's end; what throws is tried again, with longer and longer pauses. */
export type TellWebhook = (jobId: string, stop: AbortSignal) => Promise<void>;

/** Tells the ends of jobs to those who asked for it, until stopped; what is under way then is told again later. */
export async function startWebhookLoop(tell: TellWebhook): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const boss = await queueFor(WEBHOOKS);
  const over = tellAll(boss, tell, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await over;
    },
  };
}

async function tellAll(boss: PgBoss, tell: TellWebhook, stopping: AbortSignal): Promise<void> {
  const pollMs = databaseKind() === "embedded" ? 2_000 : 500;
  while (!stopping.aborted) {
    // Listen first, then look: a job that ends between the two must not wait for the next poll.
    const stopWaiting = new AbortController();
    const wake = nextEvent("ended", pollMs, AbortSignal.any([stopping, stopWaiting.signal]));
    try {
      await queueWebhooks();
      const entries = await boss.fetch<{ jobId: string }>(WEBHOOKS, { batchSize: AT_ONCE });
      if (entries.length === 0) await wake;
      await Promise.all(entries.map((entry) => deliver(boss, tell, entry, stopping)));
    } catch (err) {
      // The database is away; what was fetched comes again when it expires.
      log("jobs").error({ err }, "webhooks could not be looked for");
      await wake;
    } finally {
      stopWaiting.abort();
    }
  }
}

async function deliver(
  boss: PgBoss,
  tell: TellWebhook,
  { id, data: { jobId } }: PgBoss.Job<{ jobId: string }>,
  stopping: AbortSignal,
): Promise<void> {
  try {
    await tell(jobId, stopping);
  } catch (err) {
    log("jobs").info({ job: jobId, err }, "a job's end was not heard");
    await boss.fail(WEBHOOKS, id, { message: err instanceof Error ? err.message : "unknown" });
    return;
  }
  await boss.complete(WEBHOOKS, id);
}
