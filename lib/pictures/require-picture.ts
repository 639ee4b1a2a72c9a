import { findPicture, type PlacedPicture } from "../db/pictures";
import { AppError } from "../errors";

/**
 * The access check of everything that has to do with one picture.
 * @throws AppError not_found alike for what doesn't exist and for what is another's.
 */
export async function requirePicture(ownerId: string, id: string): Promise<PlacedPicture> {
  const row = await findPicture(ownerId, id);
  if (!row) throw new AppError("not_found");
  return row;
}
