import type { AlbumView } from "@/lib/albums/describe-album";
import type { Door } from "./door";

/** The album with this title, in whichever case; the first of several. */
export async function findAlbum(door: Door, title: string): Promise<AlbumView | null> {
  const wanted = title.trim().toLowerCase();
  const albums = await door.albums();
  return albums.find((album) => album.title.toLowerCase() === wanted) ?? null;
}
