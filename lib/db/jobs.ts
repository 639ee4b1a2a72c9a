import { randomUUID } from "node:crypto";
import type { ErrorCode, ErrorDetails } from "../errors";
import { db, type Job, Prisma, sql, type Transaction } from "./client";

/** The states in which a job will not change any more. */
export const FINAL_STATES: readonly string[] = ["done", "failed", "cancelled"];

export interface NewJob {
  ownerId: string;
  scenario: string;
  input: Prisma.InputJsonValue;
  idempotencyKey: string;
}

/** Stores a job; null when its owner already has one with that key. */
export async function createJob(tx: Transaction, job: NewJob): Promise<Job | null> {
  const rows = await tx.job.createManyAndReturn({ data: [job], skipDuplicates: true });
  return rows[0] ?? null;
}

export const findJob = (ownerId: string, id: string): Promise<Job | null> =>
  db().job.findFirst({ where: { id, ownerId } });

export const findJobByKey = (ownerId: string, idempotencyKey: string): Promise<Job | null> =>
  db().job.findFirst({ where: { ownerId, idempotencyKey } });

/** The owner's jobs behind `after`, the newest first: their ids begin with the time. */
export const listJobRows = (ownerId: string, after: string | null, count: number): Promise<Job[]> =>
  db().job.findMany({
    where: { ownerId, ...(after !== null && { id: { lt: after } }) },
    orderBy: { id: "desc" },
    take: count,
  });

/** Marks the owner's job: at once when it waits, as a wish when it runs. False when it is over or not theirs. */
export async function requestCancel(ownerId: string, id: string): Promise<boolean> {
  const waiting = await db().job.updateMany({
    where: { id, ownerId, state: "queued" },
    data: { state: "cancelled", stage: "cancelled", cancelRequested: true, errorCode: "cancelled" },
  });
  if (waiting.count > 0) return true;
  const running = await db().job.updateMany({
    where: { id, ownerId, state: "running" },
    data: { cancelRequested: true },
  });
  return running.count > 0;
}

/** Puts the owner's job back in the queue; null when it is in none of the states. */
export async function requeueJob(
  tx: Transaction,
  ownerId: string,
  id: string,
  states: readonly ("failed" | "cancelled" | "done")[],
): Promise<Job | null> {
  const rows = await tx.job.updateManyAndReturn({
    where: { id, ownerId, state: { in: [...states] } },
    data: { ...WAITING, attempts: 0, cancelRequested: false },
  });
  // Its new end is told again.
  await tx.webhook.updateMany({ where: { jobId: { in: rows.map((row) => row.id) } }, data: UNTOLD });
  return rows[0] ?? null;
}

const UNTOLD = {
  ...{ queuedAt: null, toldAt: null, tries: 0, triedAt: null, status: null, fault: null },
} as const;

// What follows is for the job runner alone, which works for every owner.

const WAITING = {
  state: "queued",
  stage: "queued",
  progress: 0,
  errorCode: null,
  claim: null,
} as const satisfies Prisma.JobUpdateManyMutationInput;

/** The run that holds a job. Every write of a run names it, so a run that was given up can't write any more. */
export interface Claim {
  id: string;
  claim: string;
}

const held = ({ id, claim }: Claim) => ({ id, claim, state: "running" as const });

/** Takes a waiting job for this run; null when it no longer waits (delivered twice, cancelled, already done). */
export async function claimJob(id: string): Promise<(Job & Claim) | null> {
  const claim = randomUUID();
  const rows = await db().job.updateManyAndReturn({
    where: { id, state: "queued" },
    data: { state: "running", stage: "starting", progress: 0, claim, attempts: { increment: 1 } },
  });
  return rows[0] ? { ...rows[0], claim } : null;
}

/** What a run tells of itself on the way. */
export interface JobNews {
  /** 0 to 1. */
  progress?: number;
  stage?: string;
  result?: Prisma.InputJsonValue;
}

/** Says that the run is alive, and how far it is. Null: the run has lost its job and should stop. */
export async function beatJob(
  claim: Claim,
  news: JobNews = {},
): Promise<{ cancelRequested: boolean } | null> {
  const rows = await db().job.updateManyAndReturn({
    where: held(claim),
    data: { ...news, updatedAt: new Date() },
    select: { cancelRequested: true },
  });
  return rows[0] ?? null;
}

/** Whoever a job belongs to by now; null when it is gone. */
export async function findJobOwner(id: string): Promise<string | null> {
  const job = await db().job.findUnique({ where: { id }, select: { ownerId: true } });
  return job?.ownerId ?? null;
}

/** True when this run's result is the one that counts. */
export async function finishJob(
  claim: Claim,
  { pictureId, result }: { pictureId?: string; result?: Prisma.InputJsonValue },
): Promise<boolean> {
  const data = {
    ...({ state: "done", stage: "done", progress: 1, errorCode: null } as const),
    pictureId: pictureId ?? null,
    result: result ?? Prisma.DbNull,
  };
  return (await db().job.updateMany({ where: held(claim), data })).count > 0;
}

export async function failJob(claim: Claim, code: ErrorCode, details: ErrorDetails): Promise<void> {
  const state = code === "cancelled" ? "cancelled" : "failed";
  const data = { state, stage: state, errorCode: code, errorDetails: details } as const;
  await db().job.updateMany({ where: held(claim), data });
}

/** Gives a job back for another run. A run that was only stopped with its process does not count as an attempt. */
export async function returnJob(claim: Claim, isAttempt: boolean): Promise<void> {
  const attempts = isAttempt ? undefined : { decrement: 1 };
  await db().job.updateMany({ where: held(claim), data: { ...WAITING, attempts } });
}

/** Running jobs whose run has not been heard of since `before`. */
export const silentJobs = (before: Date): Promise<Job[]> =>
  db().job.findMany({ where: { state: "running", updatedAt: { lte: before } } });

/** Jobs that wait since `before` without an entry in the queue that would ever start them. */
export async function forgottenJobs(before: Date): Promise<{ id: string; scenario: string }[]> {
  const { rows } = await sql(
    `SELECT j.id::text AS id, j.scenario FROM "Job" j
     WHERE j.state = 'queued' AND j."updatedAt" <= $1 AND NOT EXISTS (
       SELECT 1 FROM pgboss.job q
       WHERE q.name = j.scenario AND q.data->>'jobId' = j.id::text AND q.state IN ('created', 'retry'))`,
    [before.toISOString()],
  );
  return rows as { id: string; scenario: string }[];
}
