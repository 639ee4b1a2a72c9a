import { findDailyUse } from "../db/daily-uses";
import { env } from "../env";
import type { Owner } from "./owner";
import { quotaDay } from "./quota-day";

/** What is left of a day. */
export interface QuotaView {
  /** Jobs that one may begin in a day. */
  limit: number;
  left: number;
  /** When the next day begins. ISO 8601. */
  renewsAt: string;
}

/**
 * What somebody may still begin today.
 * @param owner null for a first visit, which has begun nothing and would be a guest.
 * @returns null where the operator sets no end.
 */
export async function showQuota(
  owner: Pick<Owner, "id" | "kind"> | null,
  nowMs = Date.now(),
): Promise<QuotaView | null> {
  const { QUOTA_JOBS_ACCOUNT, QUOTA_JOBS_GUEST } = env();
  const limit = owner?.kind === "account" ? QUOTA_JOBS_ACCOUNT : QUOTA_JOBS_GUEST;
  if (limit === undefined) return null;
  const { begins, ends } = quotaDay(nowMs);
  const used = owner ? await findDailyUse(owner.id, begins) : 0;
  return { limit, left: Math.max(0, limit - used), renewsAt: ends.toISOString() };
}
