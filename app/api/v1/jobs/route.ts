import { randomUUID } from "node:crypto";
import { viewJob } from "@/lib/public-api/job-view";
import { listJobs as listOwnJobs } from "@/lib/public-api/list-jobs";
import { requestJob } from "@/lib/scenarios/request-job";
import { apiRoute } from "../_api-route";
import { listJobs, startJob } from "../_job-endpoints";

export const GET = apiRoute(listJobs, async ({ owner, query, locale }) =>
  Response.json(await listOwnJobs(owner.id, query, locale)),
);

export const POST = apiRoute(startJob, async ({ owner, key, idempotencyKey, body, locale }) => {
  const job = await requestJob(owner.id, key.id, body, idempotencyKey ?? randomUUID());
  return Response.json(viewJob(job, locale), {
    status: 202,
    headers: { Location: `/api/v1/jobs/${job.id}` },
  });
});
