import { isDeepStrictEqual } from "node:util";
import type { Job } from "@/lib/db/client";
import { findWebhookUrl } from "@/lib/db/webhooks";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { WEBHOOKS_KEPT_MS } from "@/lib/public-api/clear-webhooks";
import { type ScenarioName, scenarioInputs } from "./scenario-inputs";
import { startScenario } from "./start-scenario";

interface JobRequest {
  scenario: ScenarioName;
  input: unknown;
  /** Where the job's end is told. */
  webhook?: string | undefined;
}

/**
 * Has something made for a program. Asked again with the same idempotency key, it is the same job; keys of two API keys
 * have nothing to do with each other, nor with those of screens.
 * @throws AppError idempotency_key_reused where the job that is there was asked otherwise; those of `startScenario`.
 */
export async function requestJob(
  ownerId: string,
  keyId: string,
  { scenario, input, webhook }: JobRequest,
  idempotencyKey: string,
): Promise<Job> {
  const asked = parseInput(scenarioInputs[scenario], input);
  const job = await startScenario(ownerId, scenario, input, `api:${keyId}:${idempotencyKey}`, {
    webhook: webhook === undefined ? null : { keyId, url: webhook },
  });
  const isSame = job.scenario === scenario && isDeepStrictEqual(job.input, asked);
  if (!isSame || !(await isToldAt(job, webhook))) throw new AppError("idempotency_key_reused");
  return job;
}

/** Where a job's end is told is a part of what was asked for; of one that is long over nobody knows any more. */
async function isToldAt(job: Job, webhook: string | undefined): Promise<boolean> {
  const kept = await findWebhookUrl(job.id);
  if (kept !== null) return kept === webhook;
  return webhook === undefined || job.updatedAt.getTime() < Date.now() - WEBHOOKS_KEPT_MS;
}
