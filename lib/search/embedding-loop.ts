import { randomUUID } from "node:crypto";
import { databaseKind } from "../db/client";
import { clearLease, dropLease, takeLease } from "../db/leases";
import { env } from "../env";
import { nextEvent } from "../jobs/job-events";
import { log } from "../log";
import { readPictures } from "../reading/read-pictures";
import { currentClip } from "./clip-model";
import { seePictures } from "./see-pictures";

/** One process at a time sees new pictures: two would see the same ones. */
const LEASE = "see-pictures";
/** Longer than a batch takes on the slowest machine. */
const LEASE_MS = 5 * 60_000;
/**
 * What other processes took in is found by looking. Alone on its database a process hears of every picture; it looks for
 * a model that was exchanged.
 */
const POLL_MS = { server: 15_000, embedded: 10 * 60_000 };
/** A host that crashed, a database that was away: soon again, but not at once. */
const RETRY_MS = 15_000;

export interface EmbeddingLoop {
  /** Ends after the batch under way is given up; it waits for the next start. */
  stop(): Promise<void>;
}

/** Sees pictures as they come in, and those of before, until stopped. Trouble is logged, and the next round tries again. */
export function startEmbeddingLoop(): EmbeddingLoop {
  const stopping = new AbortController();
  const holder = randomUUID();
  const running = run(holder, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function run(holder: string, signal: AbortSignal): Promise<void> {
  // Alone on its database, a starting process knows that whoever had the work is gone.
  if (databaseKind() === "embedded") await clearLease(LEASE).catch(noteTrouble);
  while (!signal.aborted) {
    // Listen first, then look: a picture that comes between the two must not wait for the next round.
    const listening = new AbortController();
    const heard = nextEvent("picture", POLL_MS[databaseKind()], AbortSignal.any([signal, listening.signal]));
    let isNews = false;
    void heard.then(() => {
      isNews = true;
    });
    try {
      await seeAll(holder, signal, () => isNews);
    } catch (err) {
      if (!signal.aborted) noteTrouble(err);
      await nextEvent("never", RETRY_MS, signal);
      listening.abort();
    }
    await heard;
  }
  await dropLease(LEASE, holder).catch(noteTrouble);
}

const noteTrouble = (err: unknown): void => log("search").warn({ err }, "new pictures cannot be seen yet");

/** What new pictures show first, then the text in them, a picture at a time: what comes in meanwhile goes before. */
async function seeAll(holder: string, signal: AbortSignal, isNews: () => boolean): Promise<void> {
  const isOurs = () => takeLease(LEASE, holder, LEASE_MS);
  const model = await currentClip();
  if (model) await seePictures(model, signal, isOurs);
  if (env().READ_TEXT === "1") await readPictures(signal, async () => !isNews() && (await isOurs()));
}
