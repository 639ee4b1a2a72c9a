import { updatePicture } from "../db/pictures";
import { AppError } from "../errors";
import { describePicture, type PictureView } from "./describe-picture";
import { cleanTitle } from "./picture-title";
import { recordAct } from "./record-act";

/**
 * Gives a picture another title; an empty one is fine.
 * @throws AppError not_found
 */
export async function renamePicture(ownerId: string, id: string, title: string): Promise<PictureView> {
  const row = await updatePicture(ownerId, id, { title: cleanTitle(title) }, recordAct);
  if (!row) throw new AppError("not_found");
  return describePicture(row);
}
