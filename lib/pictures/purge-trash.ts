import { deletePicture, deleteUnusedBlob, discardLoneDrafts, listTrashedBefore } from "../db/pictures";
import { log } from "../log";
import { storage } from "../storage/open-storage";

/** How long something stays in the trash before it may go for good. */
export const TRASH_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH = 100;

/**
 * Removes for good what has been in the trash for 30 days, of every owner. A file goes with the last picture
 * that is made of its bytes, whoever's that is.
 * @returns how many pictures went.
 */
export function purgeTrash(now = new Date()): Promise<number> {
  return purgeBefore(new Date(now.getTime() - TRASH_DAYS * DAY_MS));
}

/** Removes for good everything in one owner's trash, because they say so. @returns how many pictures went. */
export function emptyTrash(ownerId: string, now = new Date()): Promise<number> {
  return purgeBefore(new Date(now.getTime() + 1), ownerId);
}

async function purgeBefore(date: Date, ownerId?: string): Promise<number> {
  let purged = 0;
  for (;;) {
    const batch = await listTrashedBefore(date, BATCH, ownerId);
    for (const { id, blob } of batch) {
      const entry = { event: "purged", at: new Date().toISOString(), pictureId: id } as const;
      if (await deletePicture(id, date, () => storage().appendManifest(entry))) purged++;
      await deleteUnusedBlob(blob, () => storage().remove(blob));
    }
    // What was made of a draft may just have gone.
    if (batch.length < BATCH && (await discardLoneDrafts(date, ownerId)) === 0) break;
  }
  if (purged > 0) log("pictures").info({ purged }, "trash purged");
  return purged;
}
