import { listUnread, saveText } from "../db/texts";
import { AppError } from "../errors";
import { runInBackground } from "../jobs/cpu-pool";
import { log } from "../log";
import { storage } from "../storage/open-storage";
import { type GreyPlane, greyPlane } from "./grey-plane";
import { NO_READER } from "./open-tesseract";
import { readerName } from "./reader-name";

/** Listed in one go; they are read one by one. */
const LIST = 20;
/** Longer than the fullest page takes on the slowest machine. */
const MOST_MS = 120_000;

/**
 * Reads the pictures that were not read by the present reader yet, the newest first, whoever's they are. What cannot be
 * opened or read is noted and not tried again.
 * @param mayGoOn asked before every picture.
 * @returns how many were done.
 * @throws AppError storage_unavailable; an error where Tesseract cannot be started; the signal's reason. What was not kept
 *         waits on.
 */
export async function readPictures(
  signal: AbortSignal,
  mayGoOn: () => Promise<boolean> = async () => true,
): Promise<number> {
  const reader = await readerName();
  let done = 0;
  for (;;) {
    const waiting = await listUnread(reader, LIST);
    for (const { id, blob } of waiting) {
      signal.throwIfAborted();
      if (!(await mayGoOn())) return done;
      await saveText(reader, id, await readPicture(id, blob, signal));
      done++;
    }
    if (waiting.length === 0) return done;
  }
}

/** @returns null for what cannot be opened, or read. */
async function readPicture(id: string, blob: string, signal: AbortSignal): Promise<string | null> {
  const plane = await openPlane(id, blob);
  if (!plane) return null;
  try {
    return await runInBackground<string>("read-text", plane, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(MOST_MS)]),
      transferList: [plane.data.buffer as ArrayBuffer],
    });
  } catch (err) {
    signal.throwIfAborted();
    if ((err as { code?: unknown }).code === NO_READER) throw err;
    // Out of time or memory, or whatever Tesseract stumbles over: it would again.
    log("reading").warn({ err, picture: id }, "a picture cannot be read");
    return null;
  }
}

/** @returns null for what is damaged or gone. */
async function openPlane(id: string, blob: string): Promise<GreyPlane | null> {
  try {
    return await greyPlane(await storage().read(blob));
  } catch (err) {
    if (!(err instanceof AppError) || (err.code !== "picture_unreadable" && err.code !== "file_missing"))
      throw err;
    log("reading").warn({ err, picture: id }, "a picture cannot be read");
    return null;
  }
}
