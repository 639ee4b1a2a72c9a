import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { FORMS, type FormsName } from "@/lib/engine/nn/forms";
import { type Patch, Scope } from "@/lib/engine/nn/scope";
import { Graph } from "@/lib/engine/onnx/graph";
import { type Ids, openSession } from "@/lib/engine/runtime/session";
import { openSafetensors } from "@/lib/engine/safetensors/open-safetensors";
import type { Dtype, Weights } from "@/lib/engine/safetensors/stored-tensor";
import { sizeOf, type Tensor, tensor } from "@/lib/engine/tensor";
import { testDevice } from "./engine-device";
import { tinyValues, writeTinyCheckpoint } from "./tiny-weights";

export interface TinyRunOptions {
  /** The device's own by default. */
  readonly forms?: FormsName;
  /** How the weights are stored, "F32" by default. */
  readonly dtype?: Dtype;
  /** As `writeTinyCheckpoint` takes it. */
  readonly salt?: string;
  readonly patches?: ReadonlyMap<string, readonly Patch[]>;
}

/**
 * Writes tiny weights of these shapes, lets `emit` draw a model on them with its inputs and outputs (`s.graph`), and
 * runs it once on the device that tests check.
 * @returns the outputs by name.
 */
export async function runTiny(
  shapes: Readonly<Record<string, readonly number[]>>,
  emit: (s: Scope, weights: Weights) => void,
  feeds: Readonly<Record<string, Tensor | Ids>>,
  { forms = testDevice.kind, dtype = "F32", salt = "", patches }: TinyRunOptions = {},
): Promise<Readonly<Record<string, Tensor>>> {
  const folder = await mkdtemp(path.join(tmpdir(), "mosaiq-tiny-"));
  try {
    const file = path.join(folder, "model.safetensors");
    await writeTinyCheckpoint(file, shapes, dtype, salt);
    const { tensors: weights } = await openSafetensors(file);
    const graph = new Graph();
    emit(new Scope(graph, { weights, ...(patches && { patches }) }, FORMS[forms]), weights);
    const session = await openSession(graph.build(), testDevice);
    try {
      return await session.run(feeds);
    } finally {
      await session.release();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Numbers uniform in [−1, 1] that are told by a name alone; `tiny_input` of tests/golden/models/make.py is the twin. */
export function tinyInput(name: string, shape: readonly number[]): Tensor {
  const tenths = tinyValues(name, [sizeOf(shape)]);
  return tensor(
    shape,
    tenths.map((value) => value * 10),
  );
}

/** Token ids [B, T]. */
export const idsOf = (rows: readonly (readonly number[])[]): Ids => ({
  shape: [rows.length, rows[0]!.length],
  data: BigInt64Array.from(rows.flat(), BigInt),
});

/** A tensor as a golden file keeps it: every `every`-th number, row-major, and the greatest magnitude of all. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly every: number;
  readonly scale: number;
  readonly values: readonly number[];
}

/** The greatest difference from the reference, relative to the reference's greatest magnitude. */
export function relativeError(got: Tensor, golden: GoldenTensor): number {
  if (`${got.shape}` !== `${golden.shape}`) throw new Error(`[${got.shape}] is not [${golden.shape}]`);
  const differences = golden.values.map((value, i) => Math.abs(value - got.data[i * golden.every]!));
  // Math.max skips no NaN: it answers NaN, which no bound admits.
  return Math.max(...differences) / golden.scale;
}
