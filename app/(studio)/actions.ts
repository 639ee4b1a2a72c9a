"use server";

import { z } from "zod";
import { validatedAction } from "@/app/_ui/validated-action";
import { requireOwner } from "@/lib/accounts/current-owner";
import { limitRate } from "@/lib/accounts/limit-rate";
import { submitJob } from "@/lib/jobs/submit-job";
import { QR_PICTURE, qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";

const makeRequest = z.object({ input: qrPictureInput, idempotencyKey: z.string().regex(/^[0-9a-f]{32}$/) });

/** Starts making a code; a guest is made where there is nobody yet. Asked twice with one key, it is one job. */
export const createCode = validatedAction(makeRequest, async ({ input, idempotencyKey }) => {
  const owner = await requireOwner();
  await limitRate("generation", owner.id);
  const job = await submitJob(owner.id, QR_PICTURE, input, idempotencyKey);
  return { jobId: job.id };
});
