import { cancelJob } from "@/lib/jobs/cancel-job";
import { letGo } from "@/lib/scenarios/let-go";
import { route } from "../../../_route";
import { describeJob, jobId } from "../../_job-news";

/** Stops a job of the owner's; one that is over stays as it is. */
export const POST = route<{ id: string }>(async ({ params, locale, requireOwner }) => {
  const job = await cancelJob((await requireOwner()).id, jobId(params.id));
  await letGo(job);
  return Response.json(describeJob(job, locale));
});
