import { findJob } from "@/lib/db/jobs";
import { AppError } from "@/lib/errors";
import { route } from "../../_route";
import { describeJob, jobId } from "../_job-news";

/** How far a job of the owner's is. */
export const GET = route<{ id: string }>(async ({ params, locale, requireOwner }) => {
  const job = await findJob((await requireOwner()).id, jobId(params.id));
  if (!job) throw new AppError("not_found");
  return Response.json(describeJob(job, locale), { headers: { "Cache-Control": "private, no-store" } });
});
