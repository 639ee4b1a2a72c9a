import { updateLock } from "../db/album-pictures";
import { AppError } from "../errors";

/**
 * Locks one of an album's pictures, or unlocks it: a locked one stays as it is when the others are drawn anew.
 * @throws AppError not_found when it isn't in the album, or the album isn't the owner's.
 */
export async function lockInAlbum(
  ownerId: string,
  id: string,
  pictureId: string,
  isLocked: boolean,
): Promise<void> {
  if (!(await updateLock(ownerId, id, pictureId, isLocked))) throw new AppError("not_found");
}
