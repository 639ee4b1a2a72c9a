import { db, type Job, type Transaction, type Webhook } from "./client";
import { FINAL_STATES } from "./jobs";

export type NewWebhook = Pick<Webhook, "keyId" | "url">;

export async function insertWebhook(tx: Transaction, jobId: string, webhook: NewWebhook): Promise<void> {
  await tx.webhook.create({ data: { ...webhook, jobId } });
}

/** Jobs that are over whose end waits to be told. */
export async function listUnqueuedWebhooks(count: number): Promise<string[]> {
  const rows = await db().webhook.findMany({
    where: { queuedAt: null, job: { state: { in: FINAL_STATES as Job["state"][] } } },
    select: { jobId: true },
    take: count,
  });
  return rows.map(({ jobId }) => jobId);
}

/** Notes that a job's end is in the queue; false when it is already. */
export async function markWebhookQueued(tx: Transaction, jobId: string, now: Date): Promise<boolean> {
  const { count } = await tx.webhook.updateMany({
    where: { jobId, queuedAt: null },
    data: { queuedAt: now },
  });
  return count === 1;
}

export type DueWebhook = Webhook & { job: Job; key: { webhookSecret: string } };

/** A job's webhook as long as it is to be told: not yet heard, and its key not revoked. */
export function findDueWebhook(jobId: string): Promise<DueWebhook | null> {
  return db().webhook.findFirst({
    where: { jobId, toldAt: null, key: { revokedAt: null } },
    include: { job: true, key: { select: { webhookSecret: true } } },
  });
}

/** Notes that this end was heard; where the job was begun anew meanwhile, its next end is still to be told. */
export async function markWebhookTold(
  { jobId, queuedAt }: Pick<Webhook, "jobId" | "queuedAt">,
  now: Date,
): Promise<void> {
  await db().webhook.updateMany({ where: { jobId, queuedAt }, data: { toldAt: now } });
}
