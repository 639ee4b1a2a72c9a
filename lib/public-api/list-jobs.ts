import { z } from "zod";
import { listJobRows } from "../db/jobs";
import type { Locale } from "../errors";
import { openCursor, sealCursor } from "../page-cursor";
import { type JobView, viewJob } from "./job-view";

export const listJobsInput = z.object({
  cursor: z.string().max(120).optional().describe("The `nextCursor` of the page before."),
  count: z.coerce.number().int().min(1).max(100).default(40),
});

/**
 * A page of the owner's jobs, the newest first.
 * @throws AppError input_invalid for a `cursor` that is none of ours.
 */
export async function listJobs(
  ownerId: string,
  { cursor, count }: z.output<typeof listJobsInput>,
  locale: Locale,
): Promise<{ jobs: JobView[]; nextCursor: string | null }> {
  // One more than asked tells whether there is a next page.
  const rows = await listJobRows(ownerId, openCursor(cursor, z.uuid()), count + 1);
  const page = rows.slice(0, count);
  const last = page.at(-1);
  return {
    jobs: page.map((job) => viewJob(job, locale)),
    nextCursor: rows.length > count && last ? sealCursor(last.id) : null,
  };
}
