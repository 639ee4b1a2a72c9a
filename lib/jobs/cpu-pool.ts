import { existsSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { MessageChannel, type Transferable } from "node:worker_threads";
import { Piscina } from "piscina";
import { env, nextRuntime } from "../env";
import type { CpuAnswer, CpuCall } from "./cpu-thread";

export interface CpuOptions {
  /** Aborting ends the thread at once, wherever the work is. */
  signal?: AbortSignal;
  /** Buffers in the payload to hand over instead of copying. */
  transferList?: Transferable[];
  onProgress?: (progress: number, stage: string) => void;
}

/** What the build made of `lib/scenarios/cpu-worker.ts`. */
const CPU_WORKER = ".build/cpu-worker.mjs";

const KEY = Symbol.for("mosaiq.cpu-pool");
const shared = globalThis as { [KEY]?: Promise<Piscina<CpuCall, CpuAnswer>> };

/**
 * Runs a task of `lib/scenarios/cpu-worker.ts` on a thread of its own, so that requests are answered meanwhile.
 * @throws what the task threw, with its name, code and details; the signal's reason when aborted.
 */
export async function runOnCpu<T>(task: string, payload: unknown, options: CpuOptions = {}): Promise<T> {
  shared[KEY] ??= open();
  const pool = await shared[KEY];
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const channel = onProgress ? new MessageChannel() : null;
  channel?.port1.on("message", ([progress, stage]: [number, string]) => onProgress?.(progress, stage));
  channel?.port1.unref();
  const transferList = [...(options.transferList ?? []), ...(channel ? [channel.port2] : [])];
  try {
    const call = { task, payload, progress: channel?.port2 ?? null };
    const answer = await pool.run(call, { signal: signal ?? null, transferList });
    if (!answer.ok) throw Object.assign(new Error(answer.error.message), answer.error);
    return answer.value as T;
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    channel?.port1.close();
  }
}

/** Ends the threads and whatever they are doing. */
export async function closeCpuPool(): Promise<void> {
  const open = shared[KEY];
  delete shared[KEY];
  await (await open)?.destroy();
}

async function open(): Promise<Piscina<CpuCall, CpuAnswer>> {
  return new Piscina({
    filename: await workerFile(),
    minThreads: 1,
    // One core stays free for requests, where there is more than one.
    maxThreads: env().CPU_THREADS ?? Math.max(1, availableParallelism() - 1),
    niceIncrement: 10,
    // In development a thread that went idle comes back with the newest code.
    idleTimeout: env().NODE_ENV === "development" ? 3_000 : 60_000,
    execArgv: [],
  });
}

/** The app runs what the build made; scripts and tests bundle the present sources for themselves. */
async function workerFile(): Promise<string> {
  if (env().NODE_ENV === "production" || nextRuntime()) {
    const built = path.resolve(CPU_WORKER);
    if (!existsSync(built)) throw new Error(`${CPU_WORKER} is missing: run npm run build`);
    return built;
  }
  const own = path.resolve(`.build/cpu-worker.${process.pid}.mjs`);
  // Out of the app's bundle, which has no use for a bundler.
  const bundler = pathToFileURL(path.resolve("lib/jobs/bundle-cpu-worker.mjs")).href;
  const { bundleCpuWorker } = await import(/* turbopackIgnore: true */ /* @vite-ignore */ bundler);
  await bundleCpuWorker(own);
  process.once("exit", () => rmSync(own, { force: true }));
  return own;
}
