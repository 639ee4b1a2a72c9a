import { z } from "zod";

/** What the lines below mean; raised when one of them comes to mean something else. Lines from before it have no number. */
const VERSION = 1;

const id = z.uuid().toLowerCase();
const rank = z.string().min(1).max(500);
/** Of pictures in an album, or of an owner's albums. */
const ranks = z.array(z.tuple([id, rank]));

/**
 * One line of the append-only record beside the originals. Together they are enough to rebuild, if the database is lost,
 * every picture's row and what its owner did by hand: what was added, who it went to, what was removed for good, titles,
 * favourites, the trash, tags, and albums with their order. Read in order, the last word counts; see `replayManifest`.
 */
export const manifestEntry = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("added"),
    at: z.iso.datetime(),
    picture: z.object({
      id: z.uuid(),
      ownerId: z.uuid(),
      kind: z.enum(["upload", "code", "drawing", "draft"]),
      /** SHA-256, hex: the original's name in storage. */
      blob: z.string().regex(/^[0-9a-f]{64}$/),
      mime: z.string(),
      sizeBytes: z.number().int().nonnegative(),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      title: z.string(),
      thumbhash: z.string().nullable().optional(),
      /** By the camera's clock, as if it were UTC. */
      takenAt: z.iso.datetime().nullable().optional(),
      exif: z.unknown().optional(),
      settings: z.unknown().optional(),
      verdict: z.unknown().optional(),
    }),
  }),
  /** A guest signed in to an account: all that was theirs is the account's from then on. */
  z.object({ event: z.literal("moved"), at: z.iso.datetime(), fromOwnerId: z.uuid(), toOwnerId: z.uuid() }),
  /** Removed for good: must not come back. */
  z.object({ event: z.literal("purged"), at: z.iso.datetime(), pictureId: z.uuid() }),
  /** What its owner gave a picture: what is left out stays as it was. */
  z.object({
    event: z.literal("changed"),
    at: z.iso.datetime(),
    pictureIds: z.array(id),
    title: z.string().optional(),
    caption: z.string().optional(),
    favourite: z.boolean().optional(),
    placeHidden: z.boolean().optional(),
    /** That it does not say what machines read in it. */
    textDenied: z.boolean().optional(),
    trashedAt: z.iso.datetime().nullable().optional(),
  }),
  /** What an owner says of a picture, whatever models tell: it is so, it is not, or (null) nothing any more. */
  z.object({
    event: z.literal("tagged"),
    at: z.iso.datetime(),
    pictureId: id,
    word: z.string().min(1),
    kept: z.boolean().nullable(),
  }),
  /** A new album, or one with another title. */
  z.object({
    event: z.literal("album"),
    at: z.iso.datetime(),
    album: z.object({ id, ownerId: id, title: z.string(), rank, createdAt: z.iso.datetime() }),
  }),
  z.object({ event: z.literal("albums-ranked"), at: z.iso.datetime(), ranks }),
  /** Pictures that were put into an album, or moved within it. */
  z.object({ event: z.literal("placed"), at: z.iso.datetime(), albumId: id, ranks }),
  z.object({ event: z.literal("taken-out"), at: z.iso.datetime(), albumId: id, pictureIds: z.array(id) }),
  z.object({ event: z.literal("cover"), at: z.iso.datetime(), albumId: id, pictureId: id }),
  z.object({ event: z.literal("album-deleted"), at: z.iso.datetime(), albumId: id }),
]);

export type ManifestEntry = z.infer<typeof manifestEntry>;

export const formatEntry = (entry: ManifestEntry): string => JSON.stringify({ v: VERSION, ...entry });

/**
 * A line as an entry; null for one that a crash cut off.
 * @throws Error for a line of a later version: who rebuilt from the rest would rebuild something else.
 */
export function parseEntry(line: string): ManifestEntry | null {
  let read: { v?: unknown };
  try {
    read = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof read?.v === "number" && read.v > VERSION)
    throw new Error(
      `the manifest has lines of version ${read.v}; this version of the studio reads up to ${VERSION}`,
    );
  return manifestEntry.safeParse(read).data ?? null;
}
