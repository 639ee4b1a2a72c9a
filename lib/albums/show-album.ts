import { listAlbumRows } from "../db/albums";
import { AppError } from "../errors";
import type { AlbumView } from "./describe-album";
import { withCovers } from "./list-albums";

/**
 * One album of the owner's: the access check of everything that has to do with one.
 * @throws AppError not_found alike for what doesn't exist and for what is another's.
 */
export async function showAlbum(ownerId: string, id: string): Promise<AlbumView> {
  const [album] = await withCovers(ownerId, await listAlbumRows(ownerId, id));
  if (!album) throw new AppError("not_found");
  return album;
}
