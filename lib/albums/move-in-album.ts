import { moveAlbumPicture } from "../db/album-pictures";
import { AppError } from "../errors";
import { recordAct } from "../pictures/record-act";

/**
 * Moves a picture to the place behind another one of its album.
 * @param after the other's id; null for the first place.
 * @throws AppError not_found when one of them isn't in the album, or the album isn't the owner's.
 */
export async function moveInAlbum(
  ownerId: string,
  id: string,
  pictureId: string,
  after: string | null,
): Promise<void> {
  if (!(await moveAlbumPicture(ownerId, id, pictureId, after, recordAct))) throw new AppError("not_found");
}
