import { insertAlbum } from "../db/albums";
import { recordAct } from "../pictures/record-act";
import { albumTitle } from "./album-title";
import { type AlbumView, describeAlbum } from "./describe-album";

/**
 * Makes an empty album, behind the owner's others.
 * @param id where it follows from what makes it: asked again, it is the album that is there.
 * @throws AppError input_invalid for a title without a letter.
 */
export async function createAlbum(ownerId: string, title: string, id?: string): Promise<AlbumView> {
  const row = await insertAlbum(ownerId, albumTitle(title), recordAct, id);
  return describeAlbum({ ...row, pictureCount: 0, coverId: null }, undefined);
}
