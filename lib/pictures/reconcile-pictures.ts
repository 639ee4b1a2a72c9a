import { everyPictureBlob, markBlobMissing, restorePicture, unusedBlobs } from "../db/picture-upkeep";
import { log } from "../log";
import { picturesOf } from "../storage/manifest";
import type { Storage } from "../storage/storage";

export interface Reconciled {
  /** Rows rebuilt from the manifest. */
  restored: number;
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
 * originals that are nobody's. `rehash` also reads every original and compares its hash.
 */
export async function reconcilePictures(
  store: Storage,
  options: { leftoversOlderThanMs: number; rehash?: boolean },
): Promise<Reconciled> {
  const leftovers = await store.removeLeftovers(options.leftoversOlderThanMs);
  const expected = await picturesOf(store.readManifest());
  let missing = 0;
  for await (const page of everyPictureBlob()) {
    for (const row of page) {
      expected.delete(row.id);
      const isThere = await (options.rehash ? store.verify(row.blob) : store.has(row.blob));
      if (!isThere) {
        missing++;
        log("storage").error({ picture: row.id, blob: row.blob }, "an original is missing or damaged");
      }
      if (isThere === (row.blobMissingAt !== null))
        await markBlobMissing(row.id, isThere ? null : new Date());
    }
  }
  let restored = 0;
  for (const picture of expected.values()) {
    if (!(await store.has(picture.blob))) continue;
    if (!(await restorePicture(picture))) continue;
    restored++;
    log("storage").warn({ picture: picture.id }, "a picture's row was rebuilt from the manifest");
  }
  const orphans = await countOrphans(store, Date.now() - options.leftoversOlderThanMs);
  return { restored, missing, leftovers, orphans };
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
