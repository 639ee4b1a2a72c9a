import { replaceAlbumPicture } from "../db/album-pictures";
import { AppError } from "../errors";
import { recordAct } from "../pictures/record-act";

/**
 * Puts a picture into an album in the place of another one, which goes to the trash; where that one has left the album,
 * nothing changes.
 * @throws AppError not_found when the album or the new picture isn't the owner's.
 */
export async function replaceInAlbum(
  ownerId: string,
  id: string,
  oldId: string,
  newId: string,
): Promise<void> {
  if (!(await replaceAlbumPicture(ownerId, id, oldId, newId, recordAct))) throw new AppError("not_found");
}
