import { waitForJob } from "@/lib/jobs/wait-for-job";
import { viewJob } from "@/lib/public-api/job-view";
import { jobId } from "../../../jobs/_job-news";
import { apiRoute } from "../../_api-route";
import { showJob } from "../../_job-endpoints";

export const GET = apiRoute(showJob, async ({ request, owner, id, query, locale }) =>
  Response.json(viewJob(await waitForJob(owner.id, jobId(id), query.wait, request.signal), locale)),
);
