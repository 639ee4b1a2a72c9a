import { ask } from "@/app/(library)/_gallery/gallery-api";
import type { AlbumPage } from "@/lib/albums/list-album-pictures";

/** The most that an album made here begins with is far less. */
const COUNT = 100;

/** An album's pictures in their order, and which are locked. @throws ApiError */
export const loadPages = (albumId: string): Promise<AlbumPage> =>
  ask(`/api/albums/${albumId}/pictures?count=${COUNT}`);

/** @throws ApiError */
export const lockPage = (albumId: string, id: string, locked: boolean): Promise<unknown> =>
  ask(`/api/albums/${albumId}/pictures`, { method: "PATCH", body: JSON.stringify({ id, locked }) });
