import path from "node:path";
import { Worker } from "node:worker_threads";
import { type DecoderParts, JSQR_OPTIONS } from "@/lib/qr/jury/decoders";

/** Found from the project's root, since bundles of this file lie elsewhere. */
const WORKER = "lib/codes/jsqr-worker.mjs";

interface Waiting {
  readonly resolve: (text: string | null) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Pictures it has, in the order in which it answers them. */
  readonly queue: Waiting[];
}

/**
 * jsQR on a thread of its own, which is started with the first picture and ends with the thread that asked. It keeps the
 * process alive only while a picture is being read; should it die, its pictures are rejected and the next one starts anew.
 */
export function jsqrThread(): NonNullable<DecoderParts["jsqr"]> {
  let thread: Thread | null = null;
  const start = (): Thread => {
    const started: Thread = { worker: new Worker(path.resolve(WORKER), { execArgv: [] }), queue: [] };
    const { worker, queue } = started;
    worker.on("message", (text: string | null) => {
      queue.shift()?.resolve(text);
      if (queue.length === 0) worker.unref();
    });
    // Told twice of a death, by its error and by its end; by then another thread may have begun.
    const fail = (error: unknown) => {
      if (thread === started) thread = null;
      for (const { reject } of queue.splice(0)) reject(error);
    };
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`the jsQR thread ended with ${code}`)));
    return started;
  };
  return ({ data, width, height }) =>
    new Promise((resolve, reject) => {
      thread ??= start();
      thread.worker.ref();
      thread.queue.push({ resolve, reject });
      thread.worker.postMessage({ data, width, height, options: JSQR_OPTIONS });
    });
}
