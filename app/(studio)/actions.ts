"use server";

import { z } from "zod";
import { validatedAction } from "@/app/_ui/validated-action";
import { currentOwner, requireOwner } from "@/lib/accounts/current-owner";
import { limitRate } from "@/lib/accounts/limit-rate";
import { AppError } from "@/lib/errors";
import { cancelJob } from "@/lib/jobs/cancel-job";
import { retryJob } from "@/lib/jobs/retry-job";
import { submitJob } from "@/lib/jobs/submit-job";
import { QR_PICTURE, qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";

const makeRequest = z.object({ input: qrPictureInput, idempotencyKey: z.uuid() });

/** Starts making a code; a guest is made where there is nobody yet. Asked twice with one key, it is one job. */
export const createCode = validatedAction(makeRequest, async ({ input, idempotencyKey }) => {
  const owner = await requireOwner();
  await limitRate("generation", owner.id);
  const job = await submitJob(owner.id, QR_PICTURE, input, idempotencyKey);
  return { jobId: job.id };
});

/** Stops a job of the visitor's own. */
export const cancelCode = validatedAction(z.uuid(), async (jobId) => {
  await cancelJob(await ownerId(), jobId);
  return null;
});

/** Runs a failed or cancelled job of the visitor's own again. */
export const retryCode = validatedAction(z.uuid(), async (jobId) => {
  const id = await ownerId();
  await limitRate("generation", id);
  await retryJob(id, jobId);
  return { jobId };
});

async function ownerId(): Promise<string> {
  const owner = await currentOwner();
  if (!owner) throw new AppError("not_found");
  return owner.id;
}
