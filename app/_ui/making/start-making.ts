"use server";

import { z } from "zod";
import { validatedAction } from "@/app/_ui/validated-action";
import { requireOwner } from "@/lib/accounts/current-owner";
import { SCENARIO_NAMES } from "@/lib/scenarios/scenario-inputs";
import { startScenario } from "@/lib/scenarios/start-scenario";

const makeRequest = z.object({
  scenario: z.enum(SCENARIO_NAMES),
  input: z.looseObject({}),
  idempotencyKey: z.string().regex(/^[0-9a-f]{32}$/),
});

/** Has something made; a guest is made where there is nobody yet. Asked twice with one key, it is one job. */
export const startMaking = validatedAction(makeRequest, async ({ scenario, input, idempotencyKey }) => {
  const owner = await requireOwner();
  const job = await startScenario(owner.id, scenario, input, idempotencyKey);
  return { jobId: job.id };
});
