import { randomUUID } from "node:crypto";
import { databaseKind, type ModelPull } from "../db/client";
import { clearLease, dropLease, takeLease } from "../db/leases";
import { findPull, movePull, takeNextPull } from "../db/model-pulls";
import { AppError, toAppError } from "../errors";
import { jobEvents, nextEvent } from "../jobs/job-events";
import { log } from "../log";
import { forgetLeftovers } from "./forget-leftovers";
import type { Patience } from "./network/retrying";
import { type PullProgress, pullModel } from "./pull-model";
import { parseSource } from "./sources/parse-source";

/** One process fetches models, one after the other: several would share one line. */
const LEASE = "pull-models";
const LEASE_MS = 60_000;
const POLL_MS = { server: 5_000, embedded: 60_000 };
const RETRY_MS = 15_000;
/** How often the row says how far it is, and is looked at for what its operator wants. */
const TELL_MS = 1_000;
/** Nobody waits at a keyboard: a line that is gone for some minutes is waited for. */
const PATIENCE: Patience = { tries: 12, firstMs: 1_000 };

export interface PullLoop {
  /** Ends after what has arrived is safe; the next start goes on with it. */
  stop(): Promise<void>;
}

/** Fetches the models that operators asked for, until stopped. */
export function startPullLoop(patience: Patience = PATIENCE): PullLoop {
  const stopping = new AbortController();
  const running = run(randomUUID(), stopping.signal, patience);
  return {
    stop: async () => {
      stopping.abort(new AppError("job_interrupted"));
      await running;
    },
  };
}

async function run(holder: string, signal: AbortSignal, patience: Patience): Promise<void> {
  // Alone on its database, a starting process knows that whoever had the work is gone.
  if (databaseKind() === "embedded") await clearLease(LEASE).catch(noteTrouble);
  while (!signal.aborted) {
    // Listen first, then look: a pull that is asked for between the two must not wait for the next round.
    const listening = new AbortController();
    const heard = nextEvent("pull", POLL_MS[databaseKind()], AbortSignal.any([signal, listening.signal]));
    try {
      while (!signal.aborted && (await takeLease(LEASE, holder, LEASE_MS))) {
        const pull = await takeNextPull();
        if (!pull) break;
        await fetchOne(pull, holder, signal, patience);
      }
    } catch (err) {
      if (!signal.aborted) noteTrouble(err);
      await nextEvent("never", RETRY_MS, signal);
      listening.abort();
    }
    await heard;
  }
  await dropLease(LEASE, holder).catch(noteTrouble);
}

const noteTrouble = (err: unknown): void => log("models").warn({ err }, "models cannot be fetched yet");

async function fetchOne(
  pull: ModelPull,
  holder: string,
  shutdown: AbortSignal,
  patience: Patience,
): Promise<void> {
  const stop = new AbortController();
  const teller = tellProgress(pull, holder, () => stop.abort(new AppError("cancelled")));
  try {
    await pullModel(parseSource(pull.source), {
      signal: AbortSignal.any([stop.signal, shutdown]),
      onProgress: teller.note,
      patience,
    });
    await teller.end();
    await movePull(pull.id, ["running"], { state: "done" });
    log("models").info({ source: pull.source }, "model installed");
  } catch (thrown) {
    await teller.end();
    // Left running: the next process to start goes on with it.
    if (shutdown.aborted) return;
    await settle(pull, toAppError(thrown));
  }
}

async function settle(pull: ModelPull, error: AppError): Promise<void> {
  const facts = { source: pull.source, code: error.code };
  const now = await findPull(pull.id);
  if (now?.state === "cancelled") return forgetLeftovers(pull.source);
  // Paused, or asked for again meanwhile: whatever it is, the operator said so.
  if (now?.state !== "running") return;
  const isThere = error.code === "model_present";
  if (isThere) await movePull(pull.id, ["running"], { state: "done" });
  else
    await movePull(pull.id, ["running"], {
      ...{ state: "failed", errorCode: error.code, errorDetails: { ...error.details } },
    });
  log("models")[error.code === "internal" ? "error" : "info"](
    { ...facts, err: error },
    "model not installed",
  );
}

/** Writes a pull's progress to its row, keeps the lease, and hears when the pull is not wanted any more. */
function tellProgress(pull: ModelPull, holder: string, onUnwanted: () => void) {
  let latest: PullProgress = { receivedBytes: pull.receivedBytes, totalBytes: pull.totalBytes };
  let writing: Promise<void> = Promise.resolve();
  const tell = async () => {
    try {
      const isWanted = await movePull(pull.id, ["running"], { ...latest });
      if (!isWanted || !(await takeLease(LEASE, holder, LEASE_MS))) onUnwanted();
    } catch (err) {
      noteTrouble(err);
    }
  };
  const tellNow = () => {
    writing = writing.then(tell);
  };
  const timer = setInterval(tellNow, TELL_MS);
  jobEvents().on(`pull:${pull.id}`, tellNow);
  return {
    note: (progress: PullProgress) => {
      latest = progress;
    },
    end: async () => {
      clearInterval(timer);
      jobEvents().off(`pull:${pull.id}`, tellNow);
      tellNow();
      await writing;
    },
  };
}
