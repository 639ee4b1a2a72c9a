import { setImmediate } from "node:timers/promises";
import { EngineError } from "../engine/engine-error";
import type { Device } from "../engine/runtime/session";
import { type FileState, isUnchanged } from "./host-measure";
import type { HostState } from "./messages";
import { admit, drop, emptyResidency, planResidency, type Residency, touch } from "./residency";

/** A model in memory, whatever it does. */
export interface OpenedModel {
  release(): Promise<void>;
}

/** A model of which all is known but its weights. */
export interface MeasuredModel<M extends OpenedModel> {
  /** In memory. */
  readonly sizeBytes: number;
  /** What it is read from. */
  readonly files: readonly FileState[];
  open(device: Device): Promise<M>;
}

/**
 * Models that are opened in one way. A spec is plain data: equal ones mean one model.
 * @typeParam S what its sessions are made of; `model` is what people know it by, a path.
 */
export interface ModelType<S extends { readonly model: string }, M extends OpenedModel> {
  readonly name: string;
  /** From names and shapes alone. */
  measure(spec: S): Promise<MeasuredModel<M>>;
}

/** The models that one task uses. */
export interface TaskModels {
  /**
   * @returns "restart" where another process must do the task: this one holds too much memory.
   * @throws EngineError out_of_memory where the model alone is larger than the budget · those of the readers.
   */
  use<S extends { readonly model: string }, M extends OpenedModel>(
    type: ModelType<S, M>,
    spec: S,
  ): Promise<M | "restart">;
}

/** The models of this process, of all types within one budget. */
export interface Models {
  begin(signal: AbortSignal): TaskModels;
  residents(): HostState["residents"];
}

interface Held {
  readonly model: string;
  readonly opened: OpenedModel;
  readonly files: readonly FileState[];
}

export function openModels(device: Device, budgetBytes: number): Models {
  const held = new Map<string, Held>();
  let residency: Residency = emptyResidency;

  const release = async (key: string): Promise<void> => {
    const { opened } = held.get(key)!;
    held.delete(key);
    residency = drop(residency, key);
    await opened.release();
  };

  const open = async <M extends OpenedModel>(
    measured: MeasuredModel<M>,
    key: string,
    { signal, hadModels }: { signal: AbortSignal; hadModels: boolean },
  ): Promise<M | "restart"> => {
    const { sizeBytes } = measured;
    // What this very task opened would be opened by the next process too: nothing is won by beginning anew.
    const before = hadModels ? residency : { ...residency, releasedBytes: Number.NEGATIVE_INFINITY };
    const plan = planResidency(before, { key, sizeBytes }, budgetBytes);
    if (plan.kind === "restart") return "restart";
    if (plan.kind === "open") for (const other of plan.release) await release(other);
    // Opening blocks this thread: what was said meanwhile is heard before.
    await setImmediate();
    signal.throwIfAborted();
    residency = admit(residency, { key, sizeBytes });
    try {
      return await measured.open(device);
    } catch (error) {
      residency = drop(residency, key);
      // What it got as far as to open is held until the process ends; with a new one's memory it may fit.
      if (hadModels && error instanceof EngineError && error.code === "out_of_memory") return "restart";
      throw error;
    }
  };

  return {
    begin(signal) {
      const task = { signal, hadModels: residency !== emptyResidency };
      return {
        async use<S extends { readonly model: string }, M extends OpenedModel>(
          type: ModelType<S, M>,
          spec: S,
        ) {
          const key = JSON.stringify([type.name, spec]);
          const known = held.get(key);
          if (known && (await isUnchanged(known.files))) {
            residency = touch(residency, key);
            return known.opened as M;
          }
          if (known) await release(key);
          const measured = await type.measure(spec);
          const opened = await open(measured, key, task);
          if (opened !== "restart") held.set(key, { model: spec.model, opened, files: measured.files });
          return opened;
        },
      };
    },
    residents: () =>
      residency.residents.map(({ key, sizeBytes }) => ({ model: held.get(key)!.model, sizeBytes })),
  };
}
