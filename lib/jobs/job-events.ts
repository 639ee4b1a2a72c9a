import { EventEmitter } from "node:events";

// One per process, though Next bundles this module more than once.
const KEY = Symbol.for("mosaiq.job-events");
const shared = globalThis as { [KEY]?: EventEmitter };

/**
 * News between the parts of one process; the database stays the truth, and other processes are found by polling.
 * `changed:<job id>` a row was written · `cancel:<job id>` its owner wants it to stop · `work` something waits · `ended` a
 * job is over · `picture` one came in, or what they are seen with changed · `pull` a model is to be fetched · `pull:<pull id>` an operator changed their mind.
 */
export function jobEvents(): EventEmitter {
  shared[KEY] ??= new EventEmitter().setMaxListeners(0);
  return shared[KEY];
}

/** Resolves at the event, after `timeoutMs`, or when `signal` is aborted; never rejects. */
export function nextEvent(name: string, timeoutMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      jobEvents().off(name, finish);
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, timeoutMs);
    jobEvents().once(name, finish);
    signal?.addEventListener("abort", finish);
    if (signal?.aborted) finish();
  });
}
