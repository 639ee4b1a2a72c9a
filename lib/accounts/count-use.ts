import type { Transaction } from "../db/client";
import { addDailyUse } from "../db/daily-uses";
import { isAccount } from "../db/users";
import { env } from "../env";
import { AppError } from "../errors";
import { quotaDay } from "./quota-day";

const MINUTE_MS = 60_000;

/**
 * Counts a job towards its owner's day; where the operator sets no quota, nothing is counted. Part of the transaction that
 * submits the job: what is not submitted does not count.
 * @throws AppError quota_used_up with when one can go on.
 */
export async function countUse(tx: Transaction, ownerId: string): Promise<void> {
  const { QUOTA_JOBS_ACCOUNT, QUOTA_JOBS_GUEST } = env();
  if (QUOTA_JOBS_ACCOUNT === undefined && QUOTA_JOBS_GUEST === undefined) return;
  const limit = (await isAccount(tx, ownerId)) ? QUOTA_JOBS_ACCOUNT : QUOTA_JOBS_GUEST;
  const now = Date.now();
  const { begins, ends } = quotaDay(now);
  if (await addDailyUse(tx, ownerId, begins, limit ?? null)) return;
  const waitMs = ends.getTime() - now;
  const minutes = Math.ceil(waitMs / MINUTE_MS);
  throw new AppError("quota_used_up", {
    details: {
      limit: limit ?? 0,
      ...{ hours: Math.floor(minutes / 60), minutes: minutes % 60, seconds: Math.ceil(waitMs / 1000) },
    },
  });
}
