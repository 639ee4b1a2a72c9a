import { storage } from "../storage/open-storage";
import { requirePicture } from "./require-picture";

/** An original, for work on its pixels. */
export interface PictureSource {
  id: string;
  /** As uploaded: orientation is still to be applied. */
  bytes: Buffer;
  mime: string;
  /** Pixels after orientation. */
  width: number;
  height: number;
}

/**
 * The original of one of the owner's pictures.
 * @throws AppError not_found, file_missing
 */
export async function pictureSource(ownerId: string, id: string): Promise<PictureSource> {
  const { blob, mime, width, height } = await requirePicture(ownerId, id);
  return { id, bytes: await storage().read(blob), mime, width, height };
}
