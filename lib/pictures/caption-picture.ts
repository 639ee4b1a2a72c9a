import { updatePicture } from "../db/pictures";
import { AppError } from "../errors";
import { describePicture, type PictureView } from "./describe-picture";
import { cleanCaption } from "./picture-caption";
import { recordAct } from "./record-act";

/**
 * Writes what is told beneath a picture; an empty caption is none.
 * @throws AppError not_found
 */
export async function captionPicture(ownerId: string, id: string, caption: string): Promise<PictureView> {
  const row = await updatePicture(ownerId, id, { caption: cleanCaption(caption) }, recordAct);
  if (!row) throw new AppError("not_found");
  return describePicture(row);
}
