import { insertAlbumPictures } from "../db/album-pictures";
import { AppError } from "../errors";
import { recordAct } from "../pictures/record-act";

/**
 * Puts pictures at the end of an album, in the order given. Asked twice, they are in it once.
 * @returns how many were not in it yet.
 * @throws AppError not_found when the album or any of the pictures isn't the owner's; then none is added.
 */
export async function addToAlbum(
  ownerId: string,
  id: string,
  pictureIds: readonly string[],
): Promise<number> {
  const added = await insertAlbumPictures(ownerId, id, pictureIds, recordAct);
  if (added === null) throw new AppError("not_found");
  return added;
}
