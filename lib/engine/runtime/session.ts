import { availableParallelism } from "node:os";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { EngineError } from "../engine-error";
import type { Forms } from "../nn/forms";
import type { GraphModel } from "../onnx/graph";
import { type Tensor, tensor } from "../tensor";
import { withPreparedWeights } from "./prepare-weights";

/** Whole numbers, for token ids. */
export interface Ids {
  readonly shape: readonly number[];
  readonly data: BigInt64Array;
}

/** Where a model runs; `threads` is for the CPU, all cores by default. */
export interface Device {
  readonly kind: "cpu" | "webgpu" | "cuda";
  readonly threads?: number;
  /** Which CUDA device, 0 by default; WebGPU takes the adapter that the system prefers. */
  readonly id?: number;
  /** In place of the kind's own, where one of those was found to be off on this device. */
  readonly forms?: Forms;
  /** Of large networks, for those who write them; "float32" by default, and where the forms have no 8 bits. */
  readonly precision?: "float32" | "int8";
}

/** An opened model. onnxruntime blocks this thread's event loop while it opens and runs: never in a process that serves. */
export interface Session {
  readonly inputs: readonly string[];
  /**
   * @param feeds float32 tensors or ids by the graph's input names.
   * @throws EngineError out_of_memory · device_lost
   */
  run(feeds: Readonly<Record<string, Tensor | Ids>>): Promise<Readonly<Record<string, Tensor>>>;
  release(): Promise<void>;
}

export interface SessionOptions {
  /**
   * Keeps the memory of a run for the next, the default: a fifth quicker for a UNet. Where feature maps are large it is
   * not, and twice as much is held.
   */
  readonly keepsMemory?: boolean;
}

/** Weights up to which they are copied into the CPU's blocked layout. */
const FEW_NUMBERS = 2 ** 26;

/** @throws EngineError out_of_memory · device_unavailable · weights_damaged */
export async function openSession(
  model: GraphModel,
  device: Device,
  { keepsMemory = true }: SessionOptions = {},
): Promise<Session> {
  const session = await guard(() => create(model, { device, keepsMemory }));
  return {
    inputs: model.inputs,
    async run(feeds) {
      const given: Record<string, OrtTensor> = {};
      for (const name of model.inputs) given[name] = toOrt(name, feeds[name]);
      const results = await guard(() => session.run(given));
      const out: Record<string, Tensor> = {};
      for (const name of model.outputs) {
        const { dims, data } = results[name]!;
        // The runtime owns the memory that it answers with.
        out[name] = tensor(dims, (data as Float32Array).slice());
      }
      return out;
    },
    release: () => session.release(),
  };
}

interface Opening {
  readonly device: Device;
  readonly keepsMemory: boolean;
}

function create(model: GraphModel, opening: Opening): Promise<InferenceSession> {
  const { preparation } = model;
  const open = (folder: string | null) =>
    InferenceSession.create(model.bytes, { ...optionsFor(opening, model), ...weightsIn(folder) });
  if (!preparation) return open(model.folder);
  // Nothing is to be folded, for nothing is run twice.
  const cpu = { device: { kind: "cpu" }, keepsMemory: false } as const;
  const options = { ...optionsFor(cpu, model), graphOptimizationLevel: "disabled" } as const;
  return withPreparedWeights(preparation, (folder) => ({ ...options, ...weightsIn(folder) }), open);
}

function optionsFor(
  { device: { kind, threads, id = 0 }, keepsMemory }: Opening,
  { storedNumbers }: GraphModel,
): InferenceSession.SessionOptions {
  const providers: InferenceSession.ExecutionProviderConfig[] =
    kind === "cpu" ? ["cpu"] : [kind === "cuda" ? { name: kind, deviceId: id } : kind, "cpu"];
  return {
    executionProviders: providers,
    intraOpNumThreads: threads ?? availableParallelism(),
    // "all" adds the CPU's blocked layout: a quarter quicker for TAESD and a tenth for a VAE. A UNet gains less, but opens
    // three times as long and holds 1.7 GB more.
    graphOptimizationLevel: kind === "cpu" && storedNumbers <= FEW_NUMBERS ? "all" : "extended",
    enableCpuMemArena: keepsMemory,
    logSeverityLevel: 3,
  };
}

const weightsIn = (folder: string | null): InferenceSession.SessionOptions =>
  folder === null ? {} : { extra: { session: { model_external_initializers_file_folder_path: folder } } };

function toOrt(name: string, feed: Tensor | Ids | undefined): OrtTensor {
  if (!feed) throw new EngineError("shape_mismatch", `no input ${name}`, { layer: name });
  return feed.data instanceof BigInt64Array
    ? new OrtTensor("int64", feed.data, feed.shape)
    : new OrtTensor("float32", feed.data, feed.shape);
}

/** What onnxruntime says, as an error that people can act on. */
async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    // Of the file system, a full disk for one: they say themselves what they are.
    if (cause instanceof Error && "errno" in cause) throw cause;
    const message = String((cause as Error).message ?? cause);
    if (/alloc|out of memory|bad_alloc/i.test(message))
      throw new EngineError("out_of_memory", "the model does not fit into memory", {}, { cause });
    if (/device.*lost|CUDA failure/i.test(message))
      throw new EngineError("device_lost", "the device stopped answering", {}, { cause });
    if (/not available|Failed to (get|load)|no available backend|adapter/i.test(message))
      throw new EngineError("device_unavailable", message, {}, { cause });
    throw new EngineError("weights_damaged", message, {}, { cause });
  }
}
