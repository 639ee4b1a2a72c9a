import { createReadStream } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { limitRate } from "@/lib/accounts/limit-rate";
import type { Owner } from "@/lib/accounts/owner";
import { AppError } from "@/lib/errors";
import { submitJob } from "@/lib/jobs/submit-job";
import type { ModelView } from "@/lib/models/describe-model";
import { addOwnLora } from "@/lib/models/own-loras/add-own-lora";
import { isLoraName } from "@/lib/models/own-loras/lora-limits";
import { addPicture } from "@/lib/pictures/add-picture";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { MAX_PICTURE_BYTES } from "@/lib/pictures/picture-limits";
import { ARCHIVE_IMPORT } from "@/lib/scenarios/archive-import/archive-import.job";
import { requestPreview } from "@/lib/scenarios/lora-preview/request-preview";
import { storage } from "@/lib/storage/open-storage";
import type { Draft } from "@/lib/uploads/draft-store";

/** What became of an upload: a picture, a job that unpacks an archive, or a LoRA of one's own. */
type TakenIn =
  | { picture: PictureView; isNew: boolean }
  | { jobId: string }
  | { lora: ModelView; isNew: boolean };

/**
 * Takes a whole upload in: pictures and archives into the owner's gallery, which their first bytes tell apart; what is
 * called .safetensors among their models.
 */
export async function takeIn(owner: Owner, draft: Draft): Promise<TakenIn> {
  const { id: ownerId } = owner;
  const { file, name, sizeBytes } = draft;
  if (isLoraName(name)) return takeLora(owner, draft);
  if (await isArchive(file)) return { jobId: await takeArchive(ownerId, draft) };
  if (sizeBytes > MAX_PICTURE_BYTES)
    throw new AppError("picture_too_large", { details: { limit: MAX_PICTURE_BYTES / 1024 / 1024 } });
  return addPicture(ownerId, { bytes: await readFile(file), name });
}

/** The mark of a zip's first file, or of an empty zip. */
const ZIP_MARKS = ["PK\u0003\u0004", "PK\u0005\u0006"];

async function isArchive(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return ZIP_MARKS.includes(buffer.toString("latin1"));
  } finally {
    await handle.close();
  }
}

/** Guests come and go without a name: what they could leave on the disk stays small. */
async function takeLora(owner: Owner, draft: Draft) {
  if (owner.kind !== "account") throw new AppError("not_signed_in");
  await limitRate("lora", owner.id);
  const taken = await addOwnLora(owner.id, draft);
  if (taken.isNew) await requestPreview(owner.id, taken.lora);
  return taken;
}

async function takeArchive(ownerId: string, { id, file }: Draft): Promise<string> {
  const put = () => storage().put(createReadStream(file));
  const { hash: blob } = await put();
  const job = await submitJob(ownerId, ARCHIVE_IMPORT, { blob }, id);
  // From now on the job holds the archive; one of the same bytes may have ended just before.
  if (!(await storage().has(blob))) await put();
  return job.id;
}
