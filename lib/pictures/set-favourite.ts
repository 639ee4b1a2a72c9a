import { countOwned, setFavouriteRows, updatePicture } from "../db/pictures";
import { AppError } from "../errors";
import { describePicture, type PictureView } from "./describe-picture";
import { recordAct } from "./record-act";

/**
 * Marks a picture as a favourite, or not.
 * @throws AppError not_found
 */
export async function setFavourite(ownerId: string, id: string, favourite: boolean): Promise<PictureView> {
  const row = await updatePicture(ownerId, id, { favourite }, recordAct);
  if (!row) throw new AppError("not_found");
  return describePicture(row);
}

/**
 * Marks several pictures as favourites, or not.
 * @returns the ids that changed; those that were so already are left out.
 * @throws AppError not_found when any of them isn't the owner's; then none changes.
 */
export async function setFavourites(
  ownerId: string,
  ids: readonly string[],
  favourite: boolean,
): Promise<string[]> {
  const wanted = [...new Set(ids)];
  if ((await countOwned(ownerId, wanted)) !== wanted.length) throw new AppError("not_found");
  return setFavouriteRows(ownerId, wanted, favourite, recordAct);
}
