import type { RecordAct } from "../db/acts";
import { storage } from "../storage/open-storage";

/**
 * Writes what a person did by hand into the manifest beside the originals, from which it is rebuilt when the database is
 * lost; see `replayManifest`.
 */
export const recordAct: RecordAct = (act) =>
  storage().appendManifest({ ...act, at: new Date().toISOString() });
