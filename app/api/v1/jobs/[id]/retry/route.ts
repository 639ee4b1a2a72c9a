import { limitRate } from "@/lib/accounts/limit-rate";
import { retryJob as retryOwnJob } from "@/lib/jobs/retry-job";
import { viewJob } from "@/lib/public-api/job-view";
import { jobId } from "../../../../jobs/_job-news";
import { apiRoute } from "../../../_api-route";
import { retryJob } from "../../../_job-endpoints";

export const POST = apiRoute(retryJob, async ({ owner, id, locale }) => {
  await limitRate("generation", owner.id);
  return Response.json(viewJob(await retryOwnJob(owner.id, jobId(id)), locale));
});
