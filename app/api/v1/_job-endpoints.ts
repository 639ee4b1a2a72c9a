import { z } from "zod";
import { jobView } from "@/lib/public-api/job-view";
import { listJobsInput } from "@/lib/public-api/list-jobs";
import { webhookUrl } from "@/lib/public-api/webhook-url";
import { SCENARIO_NAMES, scenarioInputs } from "@/lib/scenarios/scenario-inputs";
import { endpoint } from "./_endpoint";

const webhook = webhookUrl
  .optional()
  .describe("An https address that is told of the job's end: POST {job}, signed as Standard Webhooks are.");

const requests = SCENARIO_NAMES.map((scenario) =>
  z
    .object({ scenario: z.literal(scenario), input: scenarioInputs[scenario], webhook })
    .meta({ id: scenario }),
);

const MOST_WAIT_SECONDS = 30;

export const startJob = endpoint({
  method: "post",
  path: "/jobs",
  scope: "make",
  summary: "Has something made. Each job counts towards the day's quota, where there is one.",
  isCounted: true,
  // What belongs to a scenario, it checks itself.
  body: z.object({ scenario: z.enum(SCENARIO_NAMES), input: z.looseObject({}), webhook }),
  bodyTold: z.union(requests),
  answers: { 202: jobView },
});

export const listJobs = endpoint({
  method: "get",
  path: "/jobs",
  scope: "read",
  summary: "Your jobs, the newest first.",
  query: listJobsInput,
  answers: { 200: z.strictObject({ jobs: z.array(jobView), nextCursor: z.string().nullable() }) },
});

export const showJob = endpoint({
  method: "get",
  path: "/jobs/{id}",
  scope: "read",
  summary: "One job: as it stands, or once it is over.",
  query: z.object({
    wait: z.coerce
      .number()
      .int()
      .min(0)
      .max(MOST_WAIT_SECONDS)
      .default(0)
      .describe("Seconds to wait for its end; the answer comes at the end, or when they are over."),
  }),
  answers: { 200: jobView },
});

export const cancelJob = endpoint({
  method: "post",
  path: "/jobs/{id}/cancel",
  scope: "make",
  summary: "Stops a job. One that is over stays as it is.",
  answers: { 200: jobView },
});

export const retryJob = endpoint({
  method: "post",
  path: "/jobs/{id}/retry",
  scope: "make",
  summary: "Runs a job that failed, or was stopped, again.",
  answers: { 200: jobView },
});
