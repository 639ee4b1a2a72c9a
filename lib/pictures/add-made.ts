import type { Picture, Prisma } from "../db/client";
import { insertMade } from "../db/pictures";
import { AppError } from "../errors";
import { jobEvents } from "../jobs/job-events";
import { storage } from "../storage/open-storage";
import { coloursOf } from "./colours";
import { describePictureFully, type PictureDetails } from "./describe-picture";
import { inspectPicture } from "./inspect-picture";
import { keepBlob } from "./keep-blob";
import { cleanTitle } from "./picture-title";

/** Something that the studio made, and its story. */
export interface MadePicture {
  /** The job's own id for its chief picture, by default; `madeId` for the others. */
  id?: string;
  kind: Exclude<Picture["kind"], "upload">;
  /** The picture's file: PNG, WebP or JPEG. */
  bytes: Buffer;
  title: string;
  /** The job's input. */
  settings: Prisma.InputJsonValue;
  /** How it was judged, for codes. */
  verdict?: Prisma.InputJsonValue;
  /** The picture it was made from; null where it was made from none of the owner's. */
  sourceId: string | null;
}

/**
 * Keeps what a job made in the gallery of whoever the job belongs to. Called again for one picture (the job ran twice, or
 * was delivered twice), the first result stays and is given back.
 * @throws AppError not_found when the job is gone; disk_full, storage_unavailable.
 */
export async function addMade(jobId: string, made: MadePicture): Promise<PictureDetails> {
  const { id = jobId, kind, bytes, settings, verdict, sourceId } = made;
  const { mime, width, height, thumbhash } = await inspectPicture(bytes);
  const { hash: blob, sizeBytes } = await storage().put(bytes);
  const picture = {
    ...{ id, kind, blob, mime, sizeBytes, width, height, thumbhash, settings, sourceId },
    ...(verdict !== undefined && { verdict }),
    ...{ title: cleanTitle(made.title), colours: coloursOf(thumbhash) },
    createdAt: new Date(),
  };
  const kept = await insertMade(jobId, picture, (ownerId) => keepBlob({ ...picture, ownerId }, bytes));
  if (!kept) throw new AppError("not_found");
  jobEvents().emit("picture");
  return describePictureFully(kept.picture);
}
