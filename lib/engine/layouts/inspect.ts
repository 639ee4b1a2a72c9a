import { openSafetensors } from "../safetensors/open-safetensors";
import { readTensor } from "../safetensors/read-tensor";
import type { Weights } from "../safetensors/stored-tensor";
import { sizeOf } from "../tensor";
import { type Recognition, recognise } from "./recognise";
import { triggerWords } from "./trigger-words";

export interface Inspection extends Recognition {
  /** Absolute. */
  readonly file: string;
  readonly sizeBytes: number;
  readonly tensors: number;
  readonly parameters: number;
  /** Parameters of each dtype, the most used first. */
  readonly dtypes: readonly (readonly [dtype: string, parameters: number])[];
  /** A LoRA's: alpha over rank is its strength at weight 1. */
  readonly alphas: readonly number[];
  /** Words the training captions had, the most frequent first: what a LoRA answers to. */
  readonly triggerWords: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * What a .safetensors file is, from its names, shapes and metadata.
 * @throws EngineError as openSafetensors and recognise.
 */
export async function inspect(path: string): Promise<Inspection> {
  const file = await openSafetensors(path);
  const recognition = recognise(file);
  const byDtype = countByDtype(file.tensors);
  return {
    ...recognition,
    file: file.path,
    sizeBytes: file.sizeBytes,
    tensors: file.tensors.size,
    parameters: byDtype.reduce((sum, [, parameters]) => sum + parameters, 0),
    dtypes: byDtype,
    alphas: recognition.kind === "lora" ? await readAlphas(file.tensors) : [],
    triggerWords: triggerWords(file.metadata),
    metadata: file.metadata,
  };
}

function countByDtype(tensors: Weights): [dtype: string, parameters: number][] {
  const counts = new Map<string, number>();
  for (const { dtype, shape } of tensors.values())
    counts.set(dtype, (counts.get(dtype) ?? 0) + sizeOf(shape));
  return [...counts].sort(([, a], [, b]) => b - a);
}

async function readAlphas(tensors: Weights): Promise<number[]> {
  const alphas = new Set<number>();
  for (const [key, stored] of tensors)
    if (key.endsWith(".alpha") && sizeOf(stored.shape) === 1) alphas.add((await readTensor(stored)).data[0]!);
  return [...alphas].sort((a, b) => a - b);
}
