import { db, type Job, type Prisma, type Transaction } from "../db/client";
import { createJob, findJobByKey } from "../db/jobs";
import { AppError } from "../errors";
import { jobEvents } from "./job-events";
import { queueFor, sendJob } from "./queue";

/**
 * Stores a job and puts it in the queue, in one transaction. Asked again with the same key, it returns the
 * job that is there. `input` must already have passed the scenario's schema.
 * @param alongside what else is written with a new job; where it throws, there is none.
 */
export async function submitJob(
  ownerId: string,
  scenario: string,
  input: Prisma.InputJsonValue,
  idempotencyKey: string,
  alongside?: (tx: Transaction, job: Job) => Promise<void>,
): Promise<Job> {
  const boss = await queueFor(scenario);
  const created = await db().$transaction(async (tx) => {
    const job = await createJob(tx, { ownerId, scenario, input, idempotencyKey });
    if (!job) return null;
    await alongside?.(tx, job);
    await sendJob(boss, scenario, job.id, tx);
    return job;
  });
  if (created) {
    jobEvents().emit("work");
    return created;
  }
  const existing = await findJobByKey(ownerId, idempotencyKey);
  if (!existing) throw new AppError("not_found");
  return existing;
}
