import type { AlbumRow } from "../db/albums";
import type { Picture } from "../db/client";
import { describePicture, type PictureView } from "../pictures/describe-picture";

/** An album as screens and the API see it. */
export interface AlbumView {
  id: string;
  title: string;
  /** ISO 8601. */
  createdAt: string;
  /** Without those in the trash. */
  pictureCount: number;
  /** Null while the album is empty. */
  cover: PictureView | null;
}

export function describeAlbum(row: AlbumRow, cover: Picture | undefined): AlbumView {
  const { id, title, pictureCount } = row;
  return {
    ...{ id, title, pictureCount },
    createdAt: row.createdAt.toISOString(),
    cover: cover ? describePicture(cover) : null,
  };
}
