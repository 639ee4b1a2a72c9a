import { submitJob } from "@/lib/jobs/submit-job";
import { log } from "@/lib/log";
import type { ModelView } from "@/lib/models/describe-model";
import { baseFor } from "@/lib/models/own-loras/base-for";
import { previewKey } from "@/lib/models/own-loras/own-previews";
import { LORA_PREVIEW } from "./lora-preview.job";

/**
 * Has a LoRA that just came in drawn with once, in the background, where a model that it goes with is here. It counts
 * towards no quota: nobody asked for it. Where that does not work out, the LoRA is there all the same.
 */
export async function requestPreview(ownerId: string, { id, family }: ModelView): Promise<void> {
  try {
    if ((await baseFor(family)) === null) return;
    await submitJob(ownerId, LORA_PREVIEW, { lora: id }, previewKey(id));
  } catch (err) {
    log("models").warn({ err, lora: id }, "no preview was asked for");
  }
}
