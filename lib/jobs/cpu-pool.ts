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

type Pool = Piscina<CpuCall, CpuAnswer>;

const KEY = Symbol.for("mosaiq.cpu-pool");
const BACKGROUND = Symbol.for("mosaiq.cpu-pool.background");
const shared = globalThis as { [KEY]?: Promise<Pool>; [BACKGROUND]?: Promise<Pool> };

/**
 * Runs a task of `lib/scenarios/cpu-worker.ts` on a thread of its own, so that requests are answered meanwhile.
 * @throws what the task threw, with its name, code and details; the signal's reason when aborted.
 */
export async function runOnCpu<T>(task: string, payload: unknown, options: CpuOptions = {}): Promise<T> {
  shared[KEY] ??= open({
    minThreads: 1,
    // One core stays free for requests, where there is more than one.
    maxThreads: env().CPU_THREADS ?? Math.max(1, availableParallelism() - 1),
    niceIncrement: 10,
    // In development a thread that went idle comes back with the newest code.
    idleTimeout: env().NODE_ENV === "development" ? 3_000 : 60_000,
  });
  return runOn(await shared[KEY], { task, payload }, options);
}

/**
 * The same on a thread below all others, one task at a time: what nobody waits for holds up nothing that somebody does. The
 * thread ends soon after its last task, and its memory with it.
 */
export async function runInBackground<T>(
  task: string,
  payload: unknown,
  options: CpuOptions = {},
): Promise<T> {
  shared[BACKGROUND] ??= open({ minThreads: 0, maxThreads: 1, niceIncrement: 19, idleTimeout: 10_000 });
  return runOn(await shared[BACKGROUND], { task, payload }, options);
}

async function runOn<T>(
  pool: Pool,
  { task, payload }: Pick<CpuCall, "task" | "payload">,
  options: CpuOptions,
): Promise<T> {
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
  const open = [shared[KEY], shared[BACKGROUND]];
  delete shared[KEY];
  delete shared[BACKGROUND];
  await Promise.all(open.map(async (pool) => (await pool)?.destroy()));
}

type Threads = Required<
  Pick<
    ConstructorParameters<typeof Piscina>[0] & object,
    "minThreads" | "maxThreads" | "niceIncrement" | "idleTimeout"
  >
>;

async function open(threads: Threads): Promise<Pool> {
  return new Piscina({ filename: await workerFile(), ...threads, execArgv: [] });
}

let ownFile: Promise<string> | undefined;

/** The app runs what the build made; scripts and tests bundle the present sources for themselves. */
async function workerFile(): Promise<string> {
  if (env().NODE_ENV === "production" || nextRuntime()) {
    const built = path.resolve(CPU_WORKER);
    if (!existsSync(built)) throw new Error(`${CPU_WORKER} is missing: run npm run build`);
    return built;
  }
  ownFile ??= bundleOwn();
  return ownFile;
}

async function bundleOwn(): Promise<string> {
  const own = path.resolve(`.build/cpu-worker.${process.pid}.mjs`);
  // Out of the app's bundle, which has no use for a bundler.
  const bundler = pathToFileURL(path.resolve("lib/jobs/bundle-cpu-worker.mjs")).href;
  const { bundleCpuWorker } = await import(/* turbopackIgnore: true */ /* @vite-ignore */ bundler);
  await bundleCpuWorker(own);
  process.once("exit", () => rmSync(own, { force: true }));
  return own;
}
