import { type AlbumRow, listAlbumRows } from "../db/albums";
import { listOwned } from "../db/pictures";
import { type AlbumView, describeAlbum } from "./describe-album";

/** All of the owner's albums, in the order that they gave them. */
export async function listAlbums(ownerId: string): Promise<AlbumView[]> {
  return withCovers(ownerId, await listAlbumRows(ownerId));
}

/** Albums with the pictures on their covers. */
export async function withCovers(ownerId: string, rows: readonly AlbumRow[]): Promise<AlbumView[]> {
  const ids = rows.flatMap(({ coverId }) => coverId ?? []);
  const covers = new Map((await listOwned(ownerId, ids)).map((picture) => [picture.id, picture]));
  return rows.map((row) => describeAlbum(row, covers.get(row.coverId ?? "")));
}
