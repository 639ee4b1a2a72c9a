import { listAlbumPictures } from "../albums/list-album-pictures";
import type { PictureView } from "../pictures/describe-picture";
import { showPicture } from "../pictures/show-picture";
import type { OpenShare } from "./open-share";

/** A picture as those who have a link see it: nothing but what they are shown. */
export type SharedPicture = Pick<
  PictureView,
  "id" | "title" | "caption" | "width" | "height" | "thumbhash" | "revision"
>;

export interface SharedPage {
  pictures: SharedPicture[];
  /** Ask for the next page with this; null on the last. */
  nextCursor: string | null;
}

/**
 * A page of what an open link shows: the album in its order, or the one picture.
 * @throws AppError input_invalid for a `cursor` that is none of ours.
 */
export async function listSharedPictures(share: OpenShare, cursor?: string): Promise<SharedPage> {
  if (share.pictureId !== null) {
    const picture = await showPicture(share.ownerId, share.pictureId);
    return { pictures: [describe(picture)], nextCursor: null };
  }
  const page = await listAlbumPictures(share.ownerId, share.albumId!, cursor === undefined ? {} : { cursor });
  return { pictures: page.pictures.map(describe), nextCursor: page.nextCursor };
}

function describe({ id, title, caption, width, height, thumbhash, revision }: PictureView): SharedPicture {
  return { id, title, caption, width, height, thumbhash, revision };
}
