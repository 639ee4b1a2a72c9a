import { createHash } from "node:crypto";
import type { Prisma } from "../db/client";
import { findByBlob, insertUpload, type NewPicture } from "../db/pictures";
import { jobEvents } from "../jobs/job-events";
import { storage } from "../storage/open-storage";
import { coloursOf } from "./colours";
import { describePicture, type PictureView } from "./describe-picture";
import { inspectPicture } from "./inspect-picture";
import { keepBlob } from "./keep-blob";
import { namePicture } from "./name-picture";
import { newPictureId } from "./picture-id";
import { titleFromFileName } from "./picture-title";
import { recordAct } from "./record-act";

/**
 * Takes a person's file into their gallery, unchanged. Bytes that they have already give back the picture they
 * have, out of the trash if it lay there.
 * @param file its name is for the title alone; what it is, its bytes say.
 * @throws AppError of `inspectPicture`; disk_full, storage_unavailable: then nothing is kept.
 */
export async function addPicture(
  ownerId: string,
  file: { bytes: Buffer; name: string },
): Promise<{ picture: PictureView; isNew: boolean }> {
  // Bytes that the owner has already were looked at when they first came.
  const same = await findByBlob(ownerId, createHash("sha256").update(file.bytes).digest("hex"));
  const { mime, width, height, thumbhash, fingerprint, takenAt, exif } =
    same ?? (await inspectPicture(file.bytes));
  const { hash: blob, sizeBytes } = await storage().put(file.bytes);
  const named = same ? {} : await namePicture(exif);
  const picture: NewPicture = {
    ...named,
    ...{ id: newPictureId(), ownerId, kind: "upload", blob, mime, sizeBytes, width, height, thumbhash },
    ...{ fingerprint, takenAt, exif: (exif ?? {}) as Prisma.InputJsonValue },
    title: titleFromFileName(file.name),
    colours: thumbhash === null ? [] : coloursOf(thumbhash),
    createdAt: new Date(),
  };
  const kept = await insertUpload(picture, () => keepBlob(picture, file.bytes), recordAct);
  jobEvents().emit("picture");
  return { picture: describePicture(kept.picture), isNew: kept.isNew };
}
