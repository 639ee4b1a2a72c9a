import { findAlbumPicture } from "../db/album-pictures";
import { AppError } from "../errors";
import type { PictureWidth } from "../pictures/picture-widths";
import { type PictureFile, readPictureFile, readStripped } from "../pictures/read-picture-file";
import type { OpenShare } from "./open-share";

/**
 * One of the pictures that an open link shows, for showing; without metadata.
 * @throws AppError not_found for every other picture, whoever's it is; file_missing from `read`.
 */
export async function readSharedFile(
  share: OpenShare,
  id: string,
  size: PictureWidth | "full",
): Promise<PictureFile> {
  await requireShared(share, id);
  return readPictureFile(share.ownerId, id, size);
}

/**
 * The same in its own size and format, to save; without metadata too.
 * @throws AppError not_found also where the link doesn't give originals away; file_missing from `read`.
 */
export async function readSharedOriginal(share: OpenShare, id: string): Promise<PictureFile> {
  if (!share.withOriginals) throw new AppError("not_found");
  await requireShared(share, id);
  return readStripped(share.ownerId, id);
}

async function requireShared({ ownerId, albumId, pictureId }: OpenShare, id: string): Promise<void> {
  const isIn = albumId === null ? id === pictureId : await findAlbumPicture(ownerId, albumId, id);
  if (!isIn) throw new AppError("not_found");
}
