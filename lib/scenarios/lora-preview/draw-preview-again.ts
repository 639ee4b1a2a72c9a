import { FINAL_STATES, findJobByKey } from "@/lib/db/jobs";
import { AppError } from "@/lib/errors";
import { retryJob } from "@/lib/jobs/retry-job";
import { submitJob } from "@/lib/jobs/submit-job";
import { baseFor } from "@/lib/models/own-loras/base-for";
import { hasOwnPreview, previewKey } from "@/lib/models/own-loras/own-previews";
import { showOwnLora } from "@/lib/models/own-loras/show-own-lora";
import { LORA_PREVIEW } from "./lora-preview.job";

/**
 * Has a LoRA of the owner's drawn with that has no preview: because that failed, no model for it was here when it came in,
 * or the file was lost. What waits or runs already is left to it, and so is a preview that is there.
 * @throws AppError not_found, also for another's · weights_missing where there is still no model for it
 */
export async function drawPreviewAgain(ownerId: string, id: string): Promise<void> {
  const { family, title } = await showOwnLora(ownerId, id);
  if ((await baseFor(family)) === null)
    throw new AppError("weights_missing", { details: { file: family ?? title } });
  const job = await findJobByKey(ownerId, previewKey(id));
  if (job?.state === "done" && (await hasOwnPreview(ownerId, id))) return;
  if (job && FINAL_STATES.includes(job.state)) await retryJob(ownerId, job.id, { isLost: true });
  else await submitJob(ownerId, LORA_PREVIEW, { lora: id }, previewKey(id));
}
