import type PgBoss from "pg-boss";
import { databaseKind } from "../db/client";
import { keysOfWebhooks } from "../db/webhooks";
import { log } from "../log";
import { nextEvent } from "./job-events";
import { putOff, queueFor, WEBHOOKS } from "./queue";
import { queueWebhooks } from "./queue-webhooks";

/** Told at once; a slot that is free again is filled, whoever the others wait for. */
const AT_ONCE = 10;
/** Of those for one key's programs: one that does not answer leaves room for the others. */
const PER_KEY = 3;
/** After so long an end for which its key has no slot is looked at again. */
const PUT_OFF_SECONDS = 1;

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

type Entry = PgBoss.Job<{ jobId: string }>;

async function tellAll(boss: PgBoss, tell: TellWebhook, stopping: AbortSignal): Promise<void> {
  const pollMs = databaseKind() === "embedded" ? 2_000 : 500;
  /** Under way, each with its key. */
  const slots = new Map<Promise<void>, string>();
  while (!stopping.aborted) {
    if (slots.size >= AT_ONCE) await Promise.race(slots.keys());
    // Listen first, then look: a job that ends between the two must not wait for the next poll.
    const stopWaiting = new AbortController();
    const wake = nextEvent("ended", pollMs, AbortSignal.any([stopping, stopWaiting.signal]));
    try {
      await queueWebhooks();
      const entries = await boss.fetch<{ jobId: string }>(WEBHOOKS, { batchSize: AT_ONCE - slots.size });
      if (entries.length === 0) await wake;
      for (const [entry, key] of await slotted(entries, [...slots.values()])) {
        const told: Promise<void> = deliver(boss, tell, entry, stopping)
          .catch(noteTrouble)
          .finally(() => slots.delete(told));
        slots.set(told, key);
      }
    } catch (err) {
      // What was fetched comes again when it expires.
      noteTrouble(err);
      await wake;
    } finally {
      stopWaiting.abort();
    }
  }
  await Promise.all(slots.keys());
}

/** The database is away. */
const noteTrouble = (err: unknown): void => log("jobs").error({ err }, "webhooks could not be looked for");

/** Those for which their keys have a slot; the others are put off. @param taken keys of what is under way. */
async function slotted(entries: readonly Entry[], taken: string[]): Promise<[Entry, string][]> {
  if (entries.length === 0) return [];
  const keys = await keysOfWebhooks(entries.map(({ data }) => data.jobId));
  const chosen: [Entry, string][] = [];
  const late: string[] = [];
  for (const entry of entries) {
    // Of one that is gone there is nothing to tell, and nobody to wait for.
    const key = keys.get(entry.data.jobId) ?? entry.id;
    if (taken.filter((one) => one === key).length >= PER_KEY) late.push(entry.id);
    else {
      taken.push(key);
      chosen.push([entry, key]);
    }
  }
  if (late.length > 0) await putOff(WEBHOOKS, late, PUT_OFF_SECONDS);
  return chosen;
}

async function deliver(
  boss: PgBoss,
  tell: TellWebhook,
  { id, data: { jobId } }: Entry,
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
