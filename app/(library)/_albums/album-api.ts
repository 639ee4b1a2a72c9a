import type { AlbumView } from "@/lib/albums/describe-album";
import type { PicturePage } from "@/lib/pictures/list-pictures";
import { ask } from "../_gallery/gallery-api";

const send = (method: string, body: unknown): RequestInit => ({ method, body: JSON.stringify(body) });

export const loadAlbums = async (): Promise<AlbumView[]> =>
  (await ask<{ albums: AlbumView[] }>("/api/albums")).albums;

export const createAlbum = async (title: string): Promise<AlbumView> =>
  (await ask<{ album: AlbumView }>("/api/albums", send("POST", { title }))).album;

/** @param change `after`: the album to come behind, null for the first place; `cover`: one of its pictures. */
export const changeAlbum = async (
  id: string,
  change: { title?: string; cover?: string; after?: string | null },
): Promise<AlbumView> => (await ask<{ album: AlbumView }>(`/api/albums/${id}`, send("PATCH", change))).album;

export const deleteAlbum = (id: string): Promise<unknown> => ask(`/api/albums/${id}`, { method: "DELETE" });

export const loadAlbumPage = (id: string, cursor: string): Promise<PicturePage> =>
  ask(`/api/albums/${id}/pictures?cursor=${encodeURIComponent(cursor)}`);

/** @returns how many were not in the album yet. */
export const addPictures = async (id: string, ids: readonly string[]): Promise<number> =>
  (await ask<{ added: number }>(`/api/albums/${id}/pictures`, send("POST", { ids }))).added;

export const removePictures = (id: string, ids: readonly string[]): Promise<unknown> =>
  ask(`/api/albums/${id}/pictures/remove`, send("POST", { ids }));

export const movePicture = (albumId: string, id: string, after: string | null): Promise<unknown> =>
  ask(`/api/albums/${albumId}/pictures`, send("PATCH", { id, after }));

export const albumZipUrl = (id: string): string => `/api/albums/${id}/zip`;
