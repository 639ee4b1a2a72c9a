import { deleteAlbumRow } from "../db/albums";
import { AppError } from "../errors";
import { recordAct } from "../pictures/record-act";

/**
 * Removes an album for good, and with it the order in which its pictures lay. The pictures themselves stay.
 * @throws AppError not_found
 */
export async function deleteAlbum(ownerId: string, id: string): Promise<void> {
  if (!(await deleteAlbumRow(ownerId, id, recordAct))) throw new AppError("not_found");
}
