import type { Prisma } from "../db/client";
import { insertCode } from "../db/pictures";
import { AppError } from "../errors";
import { jobEvents } from "../jobs/job-events";
import { storage } from "../storage/open-storage";
import { coloursOf } from "./colours";
import { describePictureFully, type PictureDetails } from "./describe-picture";
import { inspectPicture } from "./inspect-picture";
import { keepBlob } from "./keep-blob";
import { cleanTitle } from "./picture-title";

/** A finished code and its story. */
export interface FinishedCode {
  /** The picture's file: PNG, WebP or JPEG. */
  bytes: Buffer;
  title: string;
  /** The job's input. */
  settings: Prisma.InputJsonValue;
  verdict: Prisma.InputJsonValue;
  /** The gallery picture it was made from; null for samples and plain codes. */
  sourceId: string | null;
}

/**
 * Keeps a job's result in the gallery of whoever the job belongs to. The picture takes the job's id; called
 * again for one job (it ran twice, or was delivered twice), the first result stays and is given back.
 * @throws AppError not_found when the job is gone; disk_full, storage_unavailable.
 */
export async function addCode(jobId: string, code: FinishedCode): Promise<PictureDetails> {
  const { bytes, settings, verdict, sourceId } = code;
  const { mime, width, height, thumbhash } = await inspectPicture(bytes);
  const { hash: blob, sizeBytes } = await storage().put(bytes);
  const picture = {
    ...{ blob, mime, sizeBytes, width, height, thumbhash, settings, verdict, sourceId },
    ...{ title: cleanTitle(code.title), colours: coloursOf(thumbhash) },
    createdAt: new Date(),
  };
  const kept = await insertCode(jobId, picture, (ownerId) =>
    keepBlob({ ...picture, id: jobId, ownerId, kind: "code" }, bytes),
  );
  if (!kept) throw new AppError("not_found");
  jobEvents().emit("picture");
  return describePictureFully(kept.picture);
}
