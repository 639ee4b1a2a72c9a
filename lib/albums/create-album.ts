import { insertAlbum } from "../db/albums";
import { recordAct } from "../pictures/record-act";
import { albumTitle } from "./album-title";
import { type AlbumView, describeAlbum } from "./describe-album";

/**
 * Makes an empty album, behind the owner's others.
 * @throws AppError input_invalid for a title without a letter.
 */
export async function createAlbum(ownerId: string, title: string): Promise<AlbumView> {
  const row = await insertAlbum(ownerId, albumTitle(title), recordAct);
  return describeAlbum({ ...row, pictureCount: 0, coverId: null }, undefined);
}
