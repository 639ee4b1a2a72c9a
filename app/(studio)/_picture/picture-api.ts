import { getJson } from "@/app/_ui/api/api-client";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import type { PicturePage } from "@/lib/pictures/list-pictures";

/** Where a picture of one's own is served, not narrower than `widthPx` where the original has that many pixels. */
export const pictureUrl = (id: string, widthPx: 320 | 640 | 1280): string =>
  `/api/pictures/${id}/file?width=${widthPx}`;

/** @throws ApiError not_found for another's picture and for one that does not exist. */
export async function fetchPicture(id: string, signal: AbortSignal): Promise<PictureDetails> {
  const { picture } = await getJson<{ picture: PictureDetails }>(`/api/pictures/${id}`, signal);
  return picture;
}

/** A page of one's own pictures, codes not among them, newest first. @param cursor the `nextCursor` of the page before. */
export const listPictures = (cursor: string | null, signal: AbortSignal): Promise<PicturePage> =>
  getJson(`/api/pictures?shelf=pictures${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`, signal);
