import type { Device } from "../engine/runtime/session";
import type { TaskInput, TaskName } from "./tasks";

/** Handed to a host when it starts. */
export interface HostConfig {
  readonly device: Pick<Device, "kind" | "id" | "threads">;
  readonly budgetBytes: number;
}

/** To a host, which works on one task at a time. */
export type ToHost =
  | { readonly kind: "run"; readonly task: TaskName; readonly input: TaskInput<TaskName> }
  | { readonly kind: "cancel" };

/** From a host. */
export type FromHost =
  | { readonly kind: "progress"; readonly value: unknown }
  | { readonly kind: "log"; readonly level: "info" | "warn"; readonly facts: object; readonly text: string }
  | ({ readonly kind: "done"; readonly output: unknown } & After)
  | ({ readonly kind: "failed"; readonly error: ErrorRecord } & After)
  /** The task needs memory that only a new process has; nothing of it was done. */
  | { readonly kind: "restart" };

interface After {
  readonly state: HostState;
}

/** What a host holds after a task. */
export interface HostState {
  readonly residents: readonly { readonly model: string; readonly sizeBytes: number }[];
  /** Of the whole process, as the system counts it. */
  readonly memoryBytes: number;
}

/** An error as it crosses: its class, code and details would not survive being cloned as an Error. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: unknown;
  readonly details?: unknown;
}

export function toRecord(thrown: unknown): ErrorRecord {
  if (!(thrown instanceof Error)) return { name: "Error", message: String(thrown) };
  const { name, message, stack, code, details } = thrown as Error & { code?: unknown; details?: unknown };
  return { name, message, ...(stack && { stack }), code, details };
}

export const fromRecord = (record: ErrorRecord): Error => Object.assign(new Error(record.message), record);
