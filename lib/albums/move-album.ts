import { moveAlbumRow } from "../db/albums";
import { AppError } from "../errors";
import { recordAct } from "../pictures/record-act";

/**
 * Moves an album to the place behind another one.
 * @param after the other's id; null for the first place.
 * @throws AppError not_found when one of them isn't the owner's.
 */
export async function moveAlbum(ownerId: string, id: string, after: string | null): Promise<void> {
  if (!(await moveAlbumRow(ownerId, id, after, recordAct))) throw new AppError("not_found");
}
