import { listAlbumPictureRows } from "../db/album-pictures";
import { type PictureZip, zipRows } from "../pictures/zip-pictures";
import { showAlbum } from "./show-album";

/**
 * The originals of an album's pictures as one zip file, in its order.
 * @throws AppError not_found, for an empty album too.
 */
export async function zipAlbum(ownerId: string, id: string): Promise<PictureZip & { title: string }> {
  const { title } = await showAlbum(ownerId, id);
  const rows = await listAlbumPictureRows(ownerId, id, null);
  return { ...zipRows(rows.map(({ picture }) => picture)), title };
}
