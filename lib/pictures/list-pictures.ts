import { z } from "zod";
import type { PictureFilter } from "../db/picture-where";
import { listPictureRows, type PicturePlace } from "../db/pictures";
import { AppError } from "../errors";
import { describePicture, type PictureView } from "./describe-picture";

/** The gallery's shelves. */
export const SHELVES = ["all", "codes", "pictures", "favourites", "trash"] as const;
export type Shelf = (typeof SHELVES)[number];

const FILTERS: Record<Shelf, PictureFilter> = {
  all: { inTrash: false },
  codes: { kind: "code", inTrash: false },
  pictures: { kind: "upload", inTrash: false },
  favourites: { favourite: true, inTrash: false },
  trash: { inTrash: true },
};

export const listPicturesInput = z.object({
  shelf: z.enum(SHELVES).default("all"),
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

/**
 * A page of the owner's pictures, newest first.
 * @param more what else is asked of them; the shelf's own says the last word.
 * @throws AppError input_invalid for a `cursor` that is none of ours.
 */
export async function listPictures(
  ownerId: string,
  input: ListPicturesInput = {},
  more: Omit<PictureFilter, "inTrash"> = {},
): Promise<PicturePage> {
  const { shelf, cursor, count } = listPicturesInput.parse(input);
  const filter = { ...more, ...FILTERS[shelf] };
  // One more than asked tells whether there is a next page.
  const rows = await listPictureRows(ownerId, filter, openPlace(cursor), count + 1);
  const page = rows.slice(0, count);
  const last = page.at(-1);
  return {
    pictures: page.map(describePicture),
    nextCursor: rows.length > count && last ? sealPlace(last) : null,
  };
}

const place = z.tuple([z.iso.datetime().transform((iso) => new Date(iso)), z.uuid()]);

function sealPlace({ createdAt, id }: PicturePlace): string {
  return Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString("base64url");
}

function openPlace(sealed: string | undefined): PicturePlace | null {
  if (sealed === undefined) return null;
  try {
    const [createdAt, id] = place.parse(JSON.parse(Buffer.from(sealed, "base64url").toString()));
    return { createdAt, id };
  } catch (cause) {
    throw new AppError("input_invalid", { cause, details: { field: "cursor" } });
  }
}
