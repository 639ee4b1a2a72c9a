import type { RecordAct } from "../db/acts";
import { notePicture } from "../db/arrangement";
import {
  everyPictureBlob,
  markBlobMissing,
  type PictureBlob,
  restorePicture,
  unusedBlobs,
} from "../db/picture-upkeep";
import { log } from "../log";
import { type ManifestPicture, type Recorded, replayManifest } from "../storage/replay-manifest";
import type { Storage } from "../storage/storage";
import { noteArrangement } from "./note-arrangement";
import { findLostArrangement, rebuildArrangement } from "./rebuild-arrangement";

export interface Reconciled {
  /** Pictures' rows rebuilt from the manifest. */
  restored: number;
  /** Albums, places in them and owners' tags rebuilt from the manifest. */
  rebuilt: number;
  /** Pictures, albums and tags of which the manifest did not say what the database has, and does now. */
  noted: number;
  /** Rows whose original is missing (or, with `rehash`, damaged). */
  missing: number;
  /** Unfinished uploads removed. */
  leftovers: number;
  /** Originals that nothing counts on: told, never removed, since a database that was put back from long ago knows few. */
  orphans: number;
}

const PAGE = 500;

/**
 * Brings rows and originals back together, as start-up does after whatever ended the last run: removes unfinished
 * uploads, rebuilds rows that the manifest has and the database lost, marks rows whose original is gone, and tells of
 * originals that are nobody's. Where both have something, the database is right, and what the manifest does not say of it
 * is written down. `rehash` also reads every original and compares its hash.
 */
export async function reconcilePictures(
  store: Storage,
  options: { leftoversOlderThanMs: number; rehash?: boolean },
): Promise<Reconciled> {
  const leftovers = await store.removeLeftovers(options.leftoversOlderThanMs);
  const recorded = await replayManifest(store.readManifest());
  const { lost, changed, missing } = await lookAtRows(store, recorded, options.rehash ?? false);
  const restored = lost.size > 0 ? await restoreRows(store, lost) : 0;
  const lostByHand = await findLostArrangement(recorded);
  // Read again: what somebody removed since must not come back.
  const rebuilt = lostByHand
    ? await rebuildArrangement(await replayManifest(store.readManifest()), lostByHand)
    : 0;
  const record: RecordAct = (act) => store.appendManifest({ ...act, at: new Date().toISOString() });
  for (const id of changed) await notePicture(id, record);
  const noted = changed.length + (await noteArrangement(recorded, record));
  const orphans = await countOrphans(store, Date.now() - options.leftoversOlderThanMs);
  return { restored, rebuilt, noted, missing, leftovers, orphans };
}

/** Every row against the record and its original. */
async function lookAtRows(store: Storage, { pictures }: Recorded, rehash: boolean) {
  const lost = new Set(pictures.keys());
  const changed: string[] = [];
  let missing = 0;
  for await (const page of everyPictureBlob()) {
    for (const row of page) {
      lost.delete(row.id);
      const known = pictures.get(row.id);
      if (known && !isAsRecorded(row, known)) changed.push(row.id);
      const isThere = await (rehash ? store.verify(row.blob) : store.has(row.blob));
      if (!isThere) {
        missing++;
        log("storage").error({ picture: row.id, blob: row.blob }, "an original is missing or damaged");
      }
      if (isThere === (row.blobMissingAt !== null))
        await markBlobMissing(row.id, isThere ? null : new Date());
    }
  }
  return { lost, changed, missing };
}

const isAsRecorded = (
  row: PictureBlob,
  { title, caption, favourite, placeHidden, textDenied, trashedAt }: ManifestPicture,
): boolean =>
  row.title === title &&
  row.caption === caption &&
  row.favourite === favourite &&
  row.placeHidden === placeHidden &&
  row.textDenied === textDenied &&
  row.trashedAt?.getTime() === trashedAt?.getTime();

async function restoreRows(store: Storage, lost: ReadonlySet<string>): Promise<number> {
  const { pictures } = await replayManifest(store.readManifest());
  let restored = 0;
  for (const picture of pictures.values()) {
    if (!lost.has(picture.id) || !(await store.has(picture.blob))) continue;
    if (!(await restorePicture(picture, (id) => pictures.has(id)))) continue;
    restored++;
    log("storage").warn({ picture: picture.id }, "a picture's row was rebuilt from the manifest");
  }
  return restored;
}

/** @param before milliseconds; what was stored later may be on its way to its row. */
async function countOrphans(store: Storage, before: number): Promise<number> {
  let [orphans, page]: [number, string[]] = [0, []];
  const look = async () => {
    for (const blob of await unusedBlobs(page)) {
      orphans++;
      log("storage").warn({ blob }, "no picture is made of this original");
    }
    page = [];
  };
  for await (const { hash, storedAt } of store.list()) {
    if (storedAt.getTime() > before) continue;
    page.push(hash);
    if (page.length === PAGE) await look();
  }
  await look();
  return orphans;
}
