import { stat } from "node:fs/promises";
import type { StoredTensor, Weights } from "../engine/safetensors/stored-tensor";
import { sizeOf } from "../engine/tensor";

/** A file as it was when it was opened. */
export interface FileState {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** Whatever a file holds, sessions compute with this. */
const FLOAT_BYTES = 4;
/** A number's share of a network in 8 bits, which keeps some in float32: measured on a UNet of SD 1.5. */
const INT8_BYTES = 1.7;

/**
 * What weights will take up in memory, and the files that they lie in, from names and shapes alone.
 * @param others files that a model is read from besides.
 * @param rounded parts whose networks run in 8 bits.
 */
export async function measureWeights(
  parts: readonly Weights[],
  others: readonly string[] = [],
  rounded: ReadonlySet<Weights> = new Set(),
): Promise<{ readonly sizeBytes: number; readonly files: readonly FileState[] }> {
  // Tied weights are one place in a file.
  const places = new Map<string, { stored: StoredTensor; bytes: number }>();
  for (const weights of parts) {
    const each = rounded.has(weights) ? INT8_BYTES : FLOAT_BYTES;
    for (const stored of weights.values())
      places.set(`${stored.file}:${stored.offset}`, { stored, bytes: sizeOf(stored.shape) * each });
  }
  const tensors = [...places.values()];
  const paths = new Set([...tensors.map(({ stored }) => stored.file), ...others]);
  return {
    sizeBytes: Math.round(tensors.reduce((sum, { bytes }) => sum + bytes, 0)),
    files: await Promise.all([...paths].map(stateOf)),
  };
}

/** Files that are replaced under the same name are another model. */
export async function isUnchanged(files: readonly FileState[]): Promise<boolean> {
  const now = await Promise.all(files.map(({ path }) => stateOf(path)));
  return files.every(
    ({ sizeBytes, modifiedMs }, i) => now[i]!.sizeBytes === sizeBytes && now[i]!.modifiedMs === modifiedMs,
  );
}

/** Nothing where it is gone: that is told by who opens it. */
async function stateOf(path: string): Promise<FileState> {
  const found = await stat(path).catch(() => undefined);
  return { path, sizeBytes: found?.size ?? -1, modifiedMs: found?.mtimeMs ?? -1 };
}
