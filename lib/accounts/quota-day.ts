const DAY_MS = 24 * 60 * 60_000;

/** The day that a quota counts by: from midnight to midnight, in UTC. */
export function quotaDay(nowMs: number): { begins: Date; ends: Date } {
  const begins = nowMs - (nowMs % DAY_MS);
  return { begins: new Date(begins), ends: new Date(begins + DAY_MS) };
}
