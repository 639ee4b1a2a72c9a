import { deleteAlbumPictures } from "../db/album-pictures";
import { AppError } from "../errors";
import { recordAct } from "../pictures/record-act";

/**
 * Takes pictures out of an album; in the gallery they stay.
 * @returns how many were in it.
 * @throws AppError not_found when the album isn't the owner's.
 */
export async function removeFromAlbum(
  ownerId: string,
  id: string,
  pictureIds: readonly string[],
): Promise<number> {
  const removed = await deleteAlbumPictures(ownerId, id, pictureIds, recordAct);
  if (removed === null) throw new AppError("not_found");
  return removed;
}
