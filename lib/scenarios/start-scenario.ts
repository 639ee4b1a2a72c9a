import { countUse } from "@/lib/accounts/count-use";
import { limitRate } from "@/lib/accounts/limit-rate";
import type { Job } from "@/lib/db/client";
import { insertWebhook, type NewWebhook } from "@/lib/db/webhooks";
import { submitJob } from "@/lib/jobs/submit-job";
import { parseInput } from "@/lib/parse-input";
import { type ScenarioName, scenarioInputs } from "./scenario-inputs";

/**
 * Has something made for an owner. Asked again with the same key, it is the same job, and counts once.
 * @param input as it came.
 * @param more.webhook where the job's end is told.
 * @throws AppError input_invalid · picture_required · rate_limited · quota_used_up
 */
export async function startScenario(
  ownerId: string,
  scenario: ScenarioName,
  input: unknown,
  idempotencyKey: string,
  { webhook = null }: { webhook?: NewWebhook | null } = {},
): Promise<Job> {
  const parsed = parseInput(scenarioInputs[scenario], input);
  await limitRate("generation", ownerId);
  return submitJob(ownerId, scenario, parsed, idempotencyKey, async (tx, job) => {
    await countUse(tx, ownerId);
    if (webhook) await insertWebhook(tx, job.id, webhook);
  });
}
