import { z } from "zod";
import { type AlbumPlace, listAlbumPictureRows } from "../db/album-pictures";
import { openCursor, sealCursor } from "../page-cursor";
import { describePicture } from "../pictures/describe-picture";
import type { PicturePage } from "../pictures/list-pictures";
import { showAlbum } from "./show-album";

export const listAlbumPicturesInput = z.object({
  /** The `nextCursor` of the page before. */
  cursor: z.string().max(400).optional(),
  count: z.coerce.number().int().min(1).max(100).default(60),
});
type ListAlbumPicturesInput = z.input<typeof listAlbumPicturesInput>;

export interface AlbumPage extends PicturePage {
  /** Ids of those that stay as they are when others are drawn anew. */
  locked: string[];
}

/**
 * A page of an album, in its order; pictures in the trash are left out until they come back.
 * @throws AppError not_found; input_invalid for a `cursor` that is none of ours.
 */
export async function listAlbumPictures(
  ownerId: string,
  id: string,
  input: ListAlbumPicturesInput = {},
): Promise<AlbumPage> {
  const { cursor, count } = listAlbumPicturesInput.parse(input);
  await showAlbum(ownerId, id);
  const rows = await listAlbumPictureRows(ownerId, id, openPlace(cursor), count + 1);
  const page = rows.slice(0, count);
  const last = page.at(-1);
  return {
    pictures: page.map(({ picture }) => describePicture(picture)),
    locked: page.filter(({ isLocked }) => isLocked).map(({ pictureId }) => pictureId),
    nextCursor: rows.length > count && last ? sealPlace(last) : null,
  };
}

const place = z.tuple([z.string().min(1).max(200), z.uuid()]);

const sealPlace = ({ rank, pictureId }: AlbumPlace): string => sealCursor([rank, pictureId]);

function openPlace(sealed: string | undefined): AlbumPlace | null {
  const opened = openCursor(sealed, place);
  return opened && { rank: opened[0], pictureId: opened[1] };
}
