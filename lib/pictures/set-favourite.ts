import { updatePicture } from "../db/pictures";
import { AppError } from "../errors";
import { describePicture, type PictureView } from "./describe-picture";

/**
 * Marks a picture as a favourite, or not.
 * @throws AppError not_found
 */
export async function setFavourite(ownerId: string, id: string, favourite: boolean): Promise<PictureView> {
  const row = await updatePicture(ownerId, id, { favourite });
  if (!row) throw new AppError("not_found");
  return describePicture(row);
}
