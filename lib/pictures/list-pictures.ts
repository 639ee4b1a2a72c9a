import { z } from "zod";
import type { PictureFilter } from "../db/picture-where";
import { listPictureRows, type PicturePlace, placeOf } from "../db/pictures";
import { openCursor, sealCursor } from "../page-cursor";
import { describePicture, type PictureView } from "./describe-picture";
import { ORDERS } from "./picture-orders";

/** The gallery's shelves. */
export const SHELVES = ["all", "codes", "drawings", "pictures", "favourites", "trash"] as const;
export type Shelf = (typeof SHELVES)[number];

const FILTERS: Record<Shelf, PictureFilter> = {
  all: { inTrash: false },
  codes: { kind: "code", inTrash: false },
  drawings: { kind: "drawing", inTrash: false },
  pictures: { kind: "upload", inTrash: false },
  favourites: { favourite: true, inTrash: false },
  trash: { inTrash: true },
};

/** What is asked of a shelf. */
export const shelfInput = z.object({
  shelf: z.enum(SHELVES).default("all"),
  order: z.enum(ORDERS).default("added"),
});

export const listPicturesInput = shelfInput.extend({
  /** The `nextCursor` of the page before. */
  cursor: z.string().max(120).optional(),
  count: z.coerce.number().int().min(1).max(100).default(40),
});
export type ListPicturesInput = z.input<typeof listPicturesInput>;

export interface PicturePage {
  pictures: PictureView[];
  /** Ask for the next page with this; null on the last. */
  nextCursor: string | null;
}

/** What else than its shelf is asked of a list of pictures. */
export type MoreFilter = Omit<PictureFilter, "inTrash">;

/** The shelf's own has the last word. */
export const shelfFilter = (shelf: Shelf, more: MoreFilter): PictureFilter => ({
  ...more,
  ...FILTERS[shelf],
});

/**
 * A page of the owner's pictures, newest first.
 * @throws AppError input_invalid for a `cursor` that is none of ours.
 */
export async function listPictures(
  ownerId: string,
  input: ListPicturesInput = {},
  more: MoreFilter = {},
): Promise<PicturePage> {
  const { shelf, order, cursor, count } = listPicturesInput.parse(input);
  const list = { filter: shelfFilter(shelf, more), order, after: openPlace(cursor) };
  // One more than asked tells whether there is a next page.
  const rows = await listPictureRows(ownerId, list, count + 1);
  const page = rows.slice(0, count);
  const last = page.at(-1);
  return {
    pictures: page.map(describePicture),
    nextCursor: rows.length > count && last ? sealPlace(placeOf(last, order)) : null,
  };
}

const place = z.tuple([z.iso.datetime().transform((iso) => new Date(iso)), z.uuid()]);

export const sealPlace = ({ at, id }: PicturePlace): string => sealCursor([at.toISOString(), id]);

/** @throws AppError input_invalid */
export function openPlace(sealed: string | undefined): PicturePlace | null {
  const opened = openCursor(sealed, place);
  return opened && { at: opened[0], id: opened[1] };
}
