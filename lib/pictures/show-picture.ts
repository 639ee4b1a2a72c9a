import { describePictureFully, type PictureDetails } from "./describe-picture";
import { requirePicture } from "./require-picture";

/**
 * One picture of the owner's, also from the trash, with what made it and how it was judged.
 * @throws AppError not_found
 */
export async function showPicture(ownerId: string, id: string): Promise<PictureDetails> {
  return describePictureFully(await requirePicture(ownerId, id));
}
