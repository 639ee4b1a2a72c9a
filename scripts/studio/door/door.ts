import type { AlbumView } from "@/lib/albums/describe-album";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { FoundPictures } from "@/lib/search/find-pictures";

/** What commands ask of somebody's gallery. All throw AppError with the app's own codes. */
export interface Door {
  /**
   * @param album its id; null for the whole gallery.
   * @param place a city or a country, in either language; null for everywhere.
   */
  search(
    words: string,
    options: { count: number; album: string | null; place: string | null },
  ): Promise<FoundPictures>;
  albums(): Promise<readonly AlbumView[]>;
  makeAlbum(title: string): Promise<AlbumView>;
  addPicture(file: { bytes: Buffer; name: string }): Promise<{ picture: PictureView; isNew: boolean }>;
  /** @returns how many were not in it yet. */
  addToAlbum(albumId: string, pictureIds: readonly string[]): Promise<number>;
  /** Has new pictures looked at, so that they are found: until it is done, or, by the app, in its own time. */
  look(signal: AbortSignal): Promise<void>;
  /** Gives back what was opened. */
  close(): Promise<void>;
}
