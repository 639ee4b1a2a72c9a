import { db } from "../db/client";
import { listUnqueuedWebhooks, markWebhookQueued } from "../db/webhooks";
import { queueFor, sendJob, WEBHOOKS } from "./queue";

const MOST_AT_ONCE = 100;

/** Puts the ends of jobs that are to be told in the queue, however they came about; each once. */
export async function queueWebhooks(): Promise<void> {
  const boss = await queueFor(WEBHOOKS);
  for (const jobId of await listUnqueuedWebhooks(MOST_AT_ONCE))
    await db().$transaction(async (tx) => {
      if (await markWebhookQueued(tx, jobId, new Date())) await sendJob(boss, WEBHOOKS, jobId, tx);
    });
}
