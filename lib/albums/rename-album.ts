import { updateAlbumTitle } from "../db/albums";
import { AppError } from "../errors";
import { recordAct } from "../pictures/record-act";
import { albumTitle } from "./album-title";

/**
 * Gives an album another title.
 * @throws AppError not_found, input_invalid
 */
export async function renameAlbum(ownerId: string, id: string, title: string): Promise<void> {
  if (!(await updateAlbumTitle(ownerId, id, albumTitle(title), recordAct))) throw new AppError("not_found");
}
