import path from "node:path";
import { Worker } from "node:worker_threads";
import { type DecoderParts, JSQR_OPTIONS } from "@/lib/qr/jury/decoders";

/** Found from the project's root, since bundles of this file lie elsewhere. */
const WORKER = "lib/scenarios/qr-picture/jsqr-worker.mjs";

interface Waiting {
  readonly resolve: (text: string | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * jsQR on a thread of its own, which is started with the first picture and ends with the thread that asked. It keeps the
 * process alive only while a picture is being read; should it die, its pictures are rejected and the next one starts anew.
 */
export function jsqrThread(): NonNullable<DecoderParts["jsqr"]> {
  let worker: Worker | null = null;
  const queue: Waiting[] = [];
  const start = (): Worker => {
    const started = new Worker(path.resolve(WORKER), { execArgv: [] });
    started.on("message", (text: string | null) => {
      queue.shift()?.resolve(text);
      if (queue.length === 0) started.unref();
    });
    const fail = (error: unknown) => {
      if (worker === started) worker = null;
      for (const { reject } of queue.splice(0)) reject(error);
    };
    started.on("error", fail);
    started.on("exit", (code) => fail(new Error(`the jsQR thread ended with ${code}`)));
    return started;
  };
  return ({ data, width, height }) =>
    new Promise((resolve, reject) => {
      worker ??= start();
      worker.ref();
      queue.push({ resolve, reject });
      worker.postMessage({ data, width, height, options: JSQR_OPTIONS });
    });
}
