import type { MessagePort } from "node:worker_threads";

/** A piece of pure, heavy work; its payload and result must be structured-cloneable. */
// biome-ignore lint/suspicious/noExplicitAny: each task knows its own payload; the map holds all of them.
export type CpuTask = (payload: any, report: (progress: number, stage: string) => void) => unknown;
export type CpuTasks = Readonly<Record<string, CpuTask>>;

/** What crosses to the thread. */
export interface CpuCall {
  task: string;
  payload: unknown;
  progress: MessagePort | null;
}

/** What comes back: an error's code and details would not survive being cloned as an Error. */
export type CpuAnswer =
  | { ok: true; value: unknown }
  | {
      ok: false;
      error: { name: string; message: string; stack?: string; code?: unknown; details?: unknown };
    };

/** The function that a thread's module exports by default, from its map of tasks. */
export const serveCpuTasks =
  (tasks: CpuTasks) =>
  async ({ task, payload, progress }: CpuCall): Promise<CpuAnswer> => {
    try {
      const run = tasks[task];
      if (!run) throw new Error(`no CPU task "${task}"`);
      const value = await run(payload, (at, stage) => progress?.postMessage([at, stage]));
      return { ok: true, value };
    } catch (thrown) {
      const { name, message, stack, code, details } = thrown as Error & { code?: unknown; details?: unknown };
      return { ok: false, error: { name, message, stack, code, details } };
    } finally {
      progress?.close();
    }
  };
