import { db, type Transaction } from "./client";

/**
 * Counts one more job on a day; two at once wait for each other here.
 * @param day when it began.
 * @param limit null counts without end.
 * @returns false, with nothing counted, where the limit is reached.
 */
export async function addDailyUse(
  tx: Transaction,
  ownerId: string,
  day: Date,
  limit: number | null,
): Promise<boolean> {
  if (limit !== null && limit < 1) return false;
  const counted = await tx.$executeRaw`
    INSERT INTO "DailyUse" AS mine ("ownerId", "day", "jobs") VALUES (${ownerId}::uuid, ${day}::timestamptz, 1)
    ON CONFLICT ("ownerId", "day") DO UPDATE SET "jobs" = mine."jobs" + 1
    WHERE ${limit}::int IS NULL OR mine."jobs" < ${limit}::int`;
  return counted === 1;
}

/** What a guest used counts for the account that they sign in to. */
export async function moveDailyUsesTo(tx: Transaction, guestId: string, accountId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "DailyUse" AS theirs ("ownerId", "day", "jobs")
    SELECT ${accountId}::uuid, "day", "jobs" FROM "DailyUse" WHERE "ownerId" = ${guestId}::uuid
    ON CONFLICT ("ownerId", "day") DO UPDATE SET "jobs" = theirs."jobs" + EXCLUDED."jobs"`;
}

/** How many jobs someone began on a day. */
export async function findDailyUse(ownerId: string, day: Date): Promise<number> {
  const row = await db().dailyUse.findUnique({ where: { ownerId_day: { ownerId, day } } });
  return row?.jobs ?? 0;
}

/** Forgets days that are over; returns how many rows. */
export async function deleteDailyUsesBefore(day: Date): Promise<number> {
  return (await db().dailyUse.deleteMany({ where: { day: { lt: day } } })).count;
}
