import { readFile } from "node:fs/promises";
import { AppError } from "@/lib/errors";
import { addPicture } from "@/lib/pictures/add-picture";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { MAX_PICTURE_BYTES } from "@/lib/pictures/picture-limits";
import type { Draft } from "@/lib/uploads/draft-store";

/** What became of an upload. */
export type TakenIn = { picture: PictureView; isNew: boolean };

/** Takes a whole upload into the owner's gallery. */
export async function takeIn(ownerId: string, { file, name, sizeBytes }: Draft): Promise<TakenIn> {
  if (sizeBytes > MAX_PICTURE_BYTES)
    throw new AppError("picture_too_large", { details: { limit: MAX_PICTURE_BYTES / 1024 / 1024 } });
  return addPicture(ownerId, { bytes: await readFile(file), name });
}
