import { limitRate } from "@/lib/accounts/limit-rate";
import { retryJob } from "@/lib/jobs/retry-job";
import { route } from "../../../_route";
import { describeJob, jobId } from "../../_job-news";

/** Runs a failed or cancelled job of the owner's again. */
export const POST = route<{ id: string }>(async ({ params, locale, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("generation", owner.id);
  return Response.json(describeJob(await retryJob(owner.id, jobId(params.id)), locale));
});
