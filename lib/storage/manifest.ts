import { z } from "zod";

/**
 * One line of the append-only record beside the originals. Together they are enough to rebuild the rows of every
 * picture if the database is lost: what was added, who it went to, and what its owner removed for good.
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
]);

export type ManifestEntry = z.infer<typeof manifestEntry>;
export type ManifestPicture = Extract<ManifestEntry, { event: "added" }>["picture"] & { createdAt: Date };

/** A line as an entry; null for one that a crash cut off. */
export function parseEntry(line: string): ManifestEntry | null {
  try {
    return manifestEntry.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** The pictures that should exist according to the record, by id, each with its present owner. */
export async function picturesOf(
  entries: AsyncIterable<ManifestEntry>,
): Promise<Map<string, ManifestPicture>> {
  const pictures = new Map<string, ManifestPicture>();
  for await (const entry of entries) {
    if (entry.event === "added") {
      pictures.set(entry.picture.id, { ...entry.picture, createdAt: new Date(entry.at) });
    } else if (entry.event === "purged") {
      pictures.delete(entry.pictureId);
    } else {
      for (const picture of pictures.values()) {
        if (picture.ownerId === entry.fromOwnerId) picture.ownerId = entry.toOwnerId;
      }
    }
  }
  return pictures;
}
