import { ApiError, answerOf } from "@/app/_ui/api/api-client";
import type { PictureDetails, PictureView } from "@/lib/pictures/describe-picture";
import type { PicturePage, Shelf } from "@/lib/pictures/list-pictures";
import type { SuggestedTag } from "@/lib/search/suggest-tags";

/** Where a picture is served; the revision makes the address change with the bytes. */
export const fileUrl = ({ id, revision }: PictureView, width?: number): string =>
  `/api/pictures/${id}/file?${width === undefined ? "" : `width=${width}&`}v=${revision}`;

export const downloadUrl = (id: string): string => `/api/pictures/${id}/download`;

export const loadPage = (shelf: Shelf, cursor: string): Promise<PicturePage> =>
  ask(`/api/pictures?shelf=${shelf}&cursor=${encodeURIComponent(cursor)}`);

export const loadNewest = async (count: number): Promise<PictureView[]> =>
  (await ask<PicturePage>(`/api/pictures?shelf=pictures&count=${count}`)).pictures;

export const loadDetails = async (id: string): Promise<PictureDetails> =>
  (await ask<{ picture: PictureDetails }>(`/api/pictures/${id}`)).picture;

export const loadTags = async (id: string): Promise<SuggestedTag[]> =>
  (await ask<{ tags: SuggestedTag[] }>(`/api/pictures/${id}/tags`)).tags;

export const changePicture = (
  id: string,
  change: { title?: string; favourite?: boolean },
): Promise<unknown> => ask(`/api/pictures/${id}`, { method: "PATCH", body: JSON.stringify(change) });

export const trashPicture = (id: string): Promise<unknown> =>
  ask(`/api/pictures/${id}`, { method: "DELETE" });

export const restorePicture = (id: string): Promise<unknown> =>
  ask(`/api/pictures/${id}`, { method: "POST" });

export const emptyTrash = async (): Promise<number> =>
  (await ask<{ purged: number }>("/api/pictures/trash", { method: "DELETE" })).purged;

/** @throws ApiError with the message in the reader's language; an empty one when nothing was heard at all. */
async function ask<T>(address: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(address, init).catch(() => {
    throw new ApiError("offline", "", true);
  });
  if (response.status === 204) return null as T;
  return answerOf<T>(response.ok, await response.json().catch(() => null));
}
