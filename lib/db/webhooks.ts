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

/** Where a job's end is told; null where nobody asked, or it was forgotten. */
export async function findWebhookUrl(jobId: string): Promise<string | null> {
  return (await db().webhook.findUnique({ where: { jobId }, select: { url: true } }))?.url ?? null;
}

/** Whose keys ends are told by, by their jobs. */
export async function keysOfWebhooks(jobIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db().webhook.findMany({
    where: { jobId: { in: [...jobIds] } },
    select: { jobId: true, keyId: true },
  });
  return new Map(rows.map(({ jobId, keyId }) => [jobId, keyId]));
}

/** Notes that a job's end is in the queue; false when it is already. */
export async function markWebhookQueued(tx: Transaction, jobId: string, now: Date): Promise<boolean> {
  const { count } = await tx.webhook.updateMany({
    where: { jobId, queuedAt: null },
    data: { queuedAt: now },
  });
  return count === 1;
}

export type DueWebhook = Webhook & { job: Job; key: { webhookSecret: string; webhooksOff: boolean } };

/** A job's webhook as long as it is to be told: not yet heard, and its key not revoked. */
export function findDueWebhook(jobId: string): Promise<DueWebhook | null> {
  return db().webhook.findFirst({
    where: { jobId, toldAt: null, key: { revokedAt: null } },
    include: { job: true, key: { select: { webhookSecret: true, webhooksOff: true } } },
  });
}

/** What became of one try. */
export interface WebhookTry {
  readonly at: Date;
  /** In HTTP; null where there was no answer. */
  readonly status: number | null;
  /** Null: it was heard. */
  readonly fault: string | null;
}

/** Notes a try; where the job was begun anew meanwhile, its next end is still to be told. */
export async function noteWebhookTry(
  { jobId, keyId, queuedAt }: Pick<Webhook, "jobId" | "keyId" | "queuedAt">,
  { at, status, fault }: WebhookTry,
): Promise<void> {
  const toldAt = fault === null ? at : null;
  await db().$transaction([
    db().webhook.updateMany({
      where: { jobId, queuedAt },
      data: { tries: { increment: 1 }, triedAt: at, status, fault, toldAt },
    }),
    db().apiKey.updateMany({
      where: { id: keyId, ...(fault !== null && { failingSince: null }) },
      data: { failingSince: fault === null ? null : at },
    }),
  ]);
}

/** Notes why an end is not told at all. */
export async function noteUntold(
  { jobId, queuedAt }: Pick<Webhook, "jobId" | "queuedAt">,
  fault: string,
): Promise<void> {
  await db().webhook.updateMany({ where: { jobId, queuedAt }, data: { fault } });
}

export type KeyDeliveries = { id: string; webhooks: (Webhook & { job: Pick<Job, "scenario"> })[] };

/** The last ends that each of an owner's keys told, the newest first. */
export function listDeliveryRows(ownerId: string, most: number): Promise<KeyDeliveries[]> {
  return db().apiKey.findMany({
    where: { ownerId, revokedAt: null },
    select: {
      id: true,
      webhooks: {
        where: { queuedAt: { not: null } },
        orderBy: [{ queuedAt: "desc" }, { jobId: "desc" }],
        take: most,
        include: { job: { select: { scenario: true } } },
      },
    },
  });
}

/** Forgets what was told, or given up, before a day; returns how many. */
export async function deleteWebhooksBefore(day: Date): Promise<number> {
  return (await db().webhook.deleteMany({ where: { queuedAt: { lt: day } } })).count;
}
