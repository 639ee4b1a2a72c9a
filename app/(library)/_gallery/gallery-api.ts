import { ApiError, answerOf } from "@/app/_ui/api/api-client";
import type { RestoredDrawing } from "@/lib/drawing/restore-drawing";
import type { PictureDetails, PictureView } from "@/lib/pictures/describe-picture";
import type { PicturePage, Shelf } from "@/lib/pictures/list-pictures";
import type { OwnPlace } from "@/lib/pictures/list-places";
import type { PictureFilters } from "@/lib/pictures/picture-filters";
import type { TextView } from "@/lib/reading/show-text";
import type { OwnWord } from "@/lib/search/list-own-words";
import type { TagView } from "@/lib/search/show-tags";
import type { SortedPictures } from "@/lib/search/sort-pictures";
import type { Place } from "./gallery-address";

/** Where a picture is served; the revision makes the address change with the bytes. */
export const fileUrl = ({ id, revision }: PictureView, width?: number): string =>
  `/api/pictures/${id}/file?${width === undefined ? "" : `width=${width}&`}v=${revision}`;

export const downloadUrl = (id: string): string => `/api/pictures/${id}/download`;

/** @param cursor null for the first page. */
export const loadPage = (
  shelf: Shelf,
  filters: PictureFilters,
  cursor: string | null,
): Promise<PicturePage> =>
  ask(`/api/pictures?${new URLSearchParams({ ...filters, shelf, ...(cursor !== null && { cursor }) })}`);

/** @param end the next section's beginning; null for the last. */
export const loadSection = async (
  { shelf, order, filters }: Pick<Place, "shelf" | "order" | "filters">,
  begin: string,
  end: string | null,
): Promise<PictureView[]> => {
  const asked = new URLSearchParams({ ...filters, shelf, order, begin, ...(end !== null && { end }) });
  return (await ask<{ pictures: PictureView[] }>(`/api/pictures/timeline/section?${asked}`)).pictures;
};

export const loadNewest = async (count: number): Promise<PictureView[]> =>
  (await ask<PicturePage>(`/api/pictures?shelf=pictures&count=${count}`)).pictures;

export const loadDetails = async (id: string): Promise<PictureDetails> =>
  (await ask<{ picture: PictureDetails }>(`/api/pictures/${id}`)).picture;

export const loadTags = async (id: string): Promise<TagView[]> =>
  (await ask<{ tags: TagView[] }>(`/api/pictures/${id}/tags`)).tags;

export const loadText = (id: string): Promise<TextView> => ask(`/api/pictures/${id}/text`);

/** How a picture's file says that it was drawn; null where it says nothing. */
export const loadDrawing = async (id: string): Promise<RestoredDrawing | null> =>
  (await ask<{ drawing: RestoredDrawing | null }>(`/api/pictures/${id}/drawing`)).drawing;

/** Says that a picture does not say what was read in it, or that it does after all. */
export const denyText = (id: string, isDenied: boolean): Promise<TextView> =>
  ask(`/api/pictures/${id}/text`, { method: "PATCH", body: JSON.stringify({ isDenied }) });

export const loadWords = async (): Promise<OwnWord[]> =>
  (await ask<{ words: OwnWord[] }>("/api/pictures/words")).words;

export const loadPlaces = async (): Promise<OwnPlace[]> =>
  (await ask<{ places: OwnPlace[] }>("/api/pictures/places")).places;

/** Removes where a picture was taken, or puts it back. */
export const hidePlace = async (id: string, placeHidden: boolean): Promise<PictureDetails> => {
  const init = { method: "PATCH", body: JSON.stringify({ placeHidden }) };
  return (await ask<{ picture: PictureDetails }>(`/api/pictures/${id}`, init)).picture;
};

/** Says that a picture shows something, or that it does not. */
export const changeTag = async (id: string, word: string, isSo: boolean): Promise<TagView[]> => {
  const init = { method: "PATCH", body: JSON.stringify({ word, isSo }) };
  return (await ask<{ tags: TagView[] }>(`/api/pictures/${id}/tags`, init)).tags;
};

export const changePicture = (
  id: string,
  change: { title?: string; caption?: string; favourite?: boolean },
): Promise<unknown> => ask(`/api/pictures/${id}`, { method: "PATCH", body: JSON.stringify(change) });

/** Does one thing with several pictures. @returns the ids of those that it changed. */
export const actOnPictures = async (
  act: "trash" | "restore" | "favourite" | "unfavourite",
  ids: readonly string[],
): Promise<string[]> =>
  (
    await ask<{ changed: string[] }>("/api/pictures/batch", {
      method: "POST",
      body: JSON.stringify({ ids, act }),
    })
  ).changed;

/** Sorts pictures into groups by their labels; nothing is kept yet. */
export const sortPictures = (ids: readonly string[], labels: readonly string[]): Promise<SortedPictures> =>
  ask("/api/pictures/sort", { method: "POST", body: JSON.stringify({ ids, labels }) });

export const emptyTrash = async (): Promise<number> =>
  (await ask<{ purged: number }>("/api/pictures/trash", { method: "DELETE" })).purged;

/** @throws ApiError with the message in the reader's language; an empty one when nothing was heard at all. */
export async function ask<T>(address: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(address, init).catch(() => {
    throw new ApiError("offline", "", true);
  });
  if (response.status === 204) return null as T;
  return answerOf<T>(response.ok, await response.json().catch(() => null));
}
