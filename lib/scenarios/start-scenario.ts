import { limitRate } from "@/lib/accounts/limit-rate";
import type { Job } from "@/lib/db/client";
import { submitJob } from "@/lib/jobs/submit-job";
import { parseInput } from "@/lib/parse-input";
import { type ScenarioName, scenarioInputs } from "./scenario-inputs";

/**
 * Has something made for an owner. Asked again with the same key, it is the same job.
 * @param input as it came. @throws AppError input_invalid · picture_required · rate_limited
 */
export async function startScenario(
  ownerId: string,
  scenario: ScenarioName,
  input: unknown,
  idempotencyKey: string,
): Promise<Job> {
  const parsed = parseInput(scenarioInputs[scenario], input);
  await limitRate("generation", ownerId);
  return submitJob(ownerId, scenario, parsed, idempotencyKey);
}
