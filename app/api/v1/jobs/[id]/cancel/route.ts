import { cancelJob as cancelOwnJob } from "@/lib/jobs/cancel-job";
import { viewJob } from "@/lib/public-api/job-view";
import { jobId } from "../../../../jobs/_job-news";
import { apiRoute } from "../../../_api-route";
import { cancelJob } from "../../../_job-endpoints";

export const POST = apiRoute(cancelJob, async ({ owner, id, locale }) =>
  Response.json(viewJob(await cancelOwnJob(owner.id, jobId(id)), locale)),
);
