import type { Picture, Place } from "../db/client";
import { type ExifFacts, exifFacts } from "./read-exif";

/** A picture as screens and the API see it: plain values, without where its file lies. */
export interface PictureView {
  id: string;
  kind: Picture["kind"];
  title: string;
  /** In lines; empty where there is none. */
  caption: string;
  favourite: boolean;
  mime: string;
  sizeBytes: number;
  /** Pixels as shown, orientation applied. */
  width: number;
  height: number;
  /** Base64; see thumbhash. */
  thumbhash: string | null;
  /** ISO 8601. */
  createdAt: string;
  trashedAt: string | null;
  /** Changes exactly when the bytes do; addresses of files carry it, so that they may be kept for ever. */
  revision: string;
}

/** A picture with everything that is known about it. */
export interface PictureDetails extends PictureView {
  /** The job's input, for what the studio made. */
  settings: unknown;
  /** Who reads it under which conditions, for codes. */
  verdict: unknown;
  /** The picture it was made from, while that exists. */
  sourceId: string | null;
  /** When the camera says that it was taken: its own clock, written as if it were UTC. ISO 8601. */
  takenAt: string | null;
  /** What else the camera noted, the place with it: for the owner alone. */
  exif: ExifFacts | null;
  /** What people call the place, for the owner alone; null where it has no name, or was hidden. */
  place: PlaceView | null;
  /** Whether the owner hid where it was taken; then `exif` has no place either. */
  placeHidden: boolean;
}

/** A city, or a country where none is near. */
export interface PlaceView {
  /** ISO 3166-1, two letters. */
  country: string;
  city: string | null;
  /** Null where no Chinese name is known. */
  cityZh: string | null;
}

export function describePicture(row: Picture): PictureView {
  const { id, kind, title, caption, favourite, mime, sizeBytes, width, height, thumbhash } = row;
  return {
    ...{ id, kind, title, caption, favourite, mime, sizeBytes, width, height, thumbhash },
    createdAt: row.createdAt.toISOString(),
    trashedAt: row.trashedAt?.toISOString() ?? null,
    revision: row.blob.slice(0, 16),
  };
}

export function describePictureFully(row: Picture & { place?: Place | null }): PictureDetails {
  return {
    ...describePicture(row),
    settings: row.settings,
    verdict: row.verdict,
    sourceId: row.sourceId,
    takenAt: row.takenAt?.toISOString() ?? null,
    exif: notedIn(row.exif, row.placeHidden),
    place: row.place ? describePlace(row.place) : null,
    placeHidden: row.placeHidden,
  };
}

export const describePlace = ({ country, city, cityZh }: PlaceView): PlaceView => ({ country, city, cityZh });

/** What a camera noted; null where it is nothing. */
function notedIn(exif: unknown, placeHidden: boolean): ExifFacts | null {
  const { place, ...others } = exifFacts.safeParse(exif).data ?? {};
  const noted = { ...others, ...(place && !placeHidden && { place }) };
  return Object.keys(noted).length > 0 ? noted : null;
}
