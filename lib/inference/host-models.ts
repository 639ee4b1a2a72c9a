import { setImmediate } from "node:timers/promises";
import { EngineError } from "../engine/engine-error";
import { type Diffusion, openDiffusion } from "../engine/pipelines/diffusion";
import type { Device } from "../engine/runtime/session";
import { readEmbeddings } from "./host-embeddings";
import { checkLoras, type LoraLeftover } from "./host-loras";
import { type FileState, isUnchanged, measureModel } from "./host-measure";
import type { HostState } from "./messages";
import { admit, drop, emptyResidency, planResidency, type Residency, touch } from "./residency";
import type { GenerateInput } from "./tasks";

/** What a model's sessions are made of. */
export type ModelSpec = Pick<
  GenerateInput,
  "model" | "prediction" | "vae" | "preview" | "loras" | "embeddings"
> & {
  /** ControlNets by path, each once. */
  readonly controlNets: readonly string[];
};

export interface OpenedModel {
  readonly diffusion: Diffusion;
  readonly leftovers: readonly LoraLeftover[];
}

/** The models of this process. */
export interface Models {
  /**
   * @returns "restart" where another process must do it: this one holds too much memory.
   * @throws EngineError out_of_memory where the model alone is larger than the budget · those of the readers.
   */
  use(spec: ModelSpec, signal: AbortSignal): Promise<OpenedModel | "restart">;
  residents(): HostState["residents"];
}

type Held = OpenedModel & { readonly spec: ModelSpec; readonly files: readonly FileState[] };

export function openModels(device: Device, budgetBytes: number): Models {
  const held = new Map<string, Held>();
  let residency: Residency = emptyResidency;

  const release = async (key: string): Promise<void> => {
    const { diffusion } = held.get(key)!;
    held.delete(key);
    residency = drop(residency, key);
    await diffusion.release();
  };

  const open = async (spec: ModelSpec, key: string, signal: AbortSignal): Promise<Held | "restart"> => {
    const { checkpoint, sizeBytes, files } = await measureModel(spec);
    const leftovers = await checkLoras(checkpoint, spec.loras ?? []);
    const embeddings = await readEmbeddings(checkpoint, spec.embeddings ?? []);
    const plan = planResidency(residency, { key, sizeBytes }, budgetBytes);
    if (plan.kind === "restart") return "restart";
    if (plan.kind === "open") for (const other of plan.release) await release(other);
    // Opening blocks this thread: what was said meanwhile is heard before.
    await setImmediate();
    signal.throwIfAborted();
    const fresh = residency === emptyResidency;
    residency = admit(residency, { key, sizeBytes });
    try {
      const { model, prediction, loras, vae, preview, controlNets } = spec;
      const diffusion = await openDiffusion(model, {
        ...{ device, prediction, loras, embeddings, vae, preview, controlNets },
      });
      return { diffusion, leftovers, spec, files };
    } catch (error) {
      residency = drop(residency, key);
      // What it got as far as to open is held until the process ends; with a new one's memory it may fit.
      if (!fresh && error instanceof EngineError && error.code === "out_of_memory") return "restart";
      throw error;
    }
  };

  return {
    async use(spec, signal) {
      const key = JSON.stringify(spec);
      const known = held.get(key);
      if (known && (await isUnchanged(known.files))) {
        residency = touch(residency, key);
        return known;
      }
      if (known) await release(key);
      const opened = await open(spec, key, signal);
      if (opened !== "restart") held.set(key, opened);
      return opened;
    },
    residents: () =>
      residency.residents.map(({ key, sizeBytes }) => ({ model: held.get(key)!.spec.model, sizeBytes })),
  };
}
