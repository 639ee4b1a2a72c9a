import { findJobByKey } from "@/lib/db/jobs";
import { AppError } from "@/lib/errors";
import { retryJob } from "@/lib/jobs/retry-job";
import { submitJob } from "@/lib/jobs/submit-job";
import { baseFor } from "@/lib/models/own-loras/base-for";
import { previewKey } from "@/lib/models/own-loras/own-previews";
import { showOwnLora } from "@/lib/models/own-loras/show-own-lora";
import { LORA_PREVIEW } from "./lora-preview.job";

/**
 * Has a LoRA of the owner's drawn with that has no preview: because that failed, or no model for it was here when it came
 * in. What waits or runs already is left to it.
 * @throws AppError not_found, also for another's · weights_missing where there is still no model for it
 */
export async function drawPreviewAgain(ownerId: string, id: string): Promise<void> {
  const { family, title } = await showOwnLora(ownerId, id);
  if ((await baseFor(family)) === null)
    throw new AppError("weights_missing", { details: { file: family ?? title } });
  const job = await findJobByKey(ownerId, previewKey(id));
  if (job?.state === "failed" || job?.state === "cancelled") await retryJob(ownerId, job.id);
  else await submitJob(ownerId, LORA_PREVIEW, { lora: id }, previewKey(id));
}
