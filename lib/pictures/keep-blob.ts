import type { NewPicture } from "../db/pictures";
import { storage } from "../storage/open-storage";

/**
 * Writes the record of a new picture beside the files and makes sure that its file is still there: a purge of
 * the same bytes may have taken it away since it was stored.
 */
export async function keepBlob(picture: NewPicture, bytes: Buffer): Promise<void> {
  if (!(await storage().has(picture.blob))) await storage().put(bytes);
  // What it looks like, and what its place is called, can be worked out again.
  const {
    createdAt,
    takenAt,
    sourceId: _source,
    colours: _colours,
    fingerprint: _fingerprint,
    placeId: _placeId,
    placedBy: _placedBy,
    ...rest
  } = picture;
  const recorded = { ...rest, takenAt: takenAt?.toISOString() ?? null };
  await storage().appendManifest({ event: "added", at: createdAt.toISOString(), picture: recorded });
}
