import { updateCover } from "../db/album-pictures";
import { AppError } from "../errors";
import { recordAct } from "../pictures/record-act";

/**
 * Makes one of an album's pictures its cover, for as long as it is in the album and out of the trash.
 * @throws AppError not_found
 */
export async function setCover(ownerId: string, id: string, pictureId: string): Promise<void> {
  if (!(await updateCover(ownerId, id, pictureId, recordAct))) throw new AppError("not_found");
}
