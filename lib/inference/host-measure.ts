import { stat } from "node:fs/promises";
import type { Checkpoint } from "../engine/layouts/checkpoint";
import { openCheckpoint } from "../engine/layouts/open-checkpoint";
import { openControlNet } from "../engine/layouts/open-controlnet";
import { openVae } from "../engine/layouts/open-vae";
import type { StoredTensor, Weights } from "../engine/safetensors/stored-tensor";
import { sizeOf } from "../engine/tensor";
import type { ModelSpec } from "./host-models";

/** A file as it was when it was opened. */
export interface FileState {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface MeasuredModel {
  readonly checkpoint: Checkpoint;
  /** In memory. */
  readonly sizeBytes: number;
  /** What it is read from. */
  readonly files: readonly FileState[];
}

/** Whatever a file holds, sessions compute with this. */
const FLOAT_BYTES = 4;

/** What a model will take up, from names and shapes alone. @throws EngineError as the layouts' readers. */
export async function measureModel({
  model,
  vae,
  preview,
  controlNets,
  ...others
}: ModelSpec): Promise<MeasuredModel> {
  const checkpoint = await openCheckpoint(model);
  const { unet, textEncoder, textEncoder2 } = checkpoint;
  const own = vae === undefined ? checkpoint.vae : await openVae(vae);
  const parts: (Weights | undefined)[] = [unet, textEncoder, textEncoder2, own].map((part) => part?.weights);
  if (preview !== undefined) parts.push((await openVae(preview)).weights);
  for (const path of controlNets) parts.push((await openControlNet(path)).weights);
  // Tied weights are one place in a file.
  const places = new Map<string, StoredTensor>();
  for (const weights of parts)
    for (const stored of weights?.values() ?? []) places.set(`${stored.file}:${stored.offset}`, stored);
  const tensors = [...places.values()];
  const adapters = [...(others.loras ?? []), ...(others.embeddings ?? [])].map(({ path }) => path);
  const paths = new Set([...tensors.map(({ file }) => file), ...adapters]);
  return {
    checkpoint,
    sizeBytes: tensors.reduce((sum, { shape }) => sum + sizeOf(shape) * FLOAT_BYTES, 0),
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
