import { deleteDailyUsesBefore } from "../db/daily-uses";
import { quotaDay } from "./quota-day";

/** Forgets what was counted on days that are over; returns how many rows. */
export const clearDailyUses = (nowMs = Date.now()): Promise<number> =>
  deleteDailyUsesBefore(quotaDay(nowMs).begins);
