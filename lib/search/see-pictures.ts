import type { ClipModel } from "./clip-model";
import { embedWaiting } from "./embed-pictures";
import { tagNextPictures } from "./tag-pictures";

/**
 * Sees every picture that waits for the model, and puts all that was seen into words.
 * @param mayGoOn asked before and after every batch.
 * @throws AppError storage_unavailable, those of the host; the signal's reason. What was not kept waits on.
 */
export async function seePictures(
  model: ClipModel,
  signal: AbortSignal,
  mayGoOn: () => Promise<boolean> = async () => true,
): Promise<void> {
  if (!(await mayGoOn())) return;
  for await (const _seen of embedWaiting(model, signal)) {
    // Put into words at once: people look at what came in last.
    await tagNextPictures(model, signal);
    if (signal.aborted || !(await mayGoOn())) return;
  }
  while ((await tagNextPictures(model, signal)) > 0 && (await mayGoOn()));
}
