import { EngineError } from "../engine/engine-error";
import type { Checkpoint } from "../engine/layouts/checkpoint";
import { recognise } from "../engine/layouts/recognise";
import type { Embeddings } from "../engine/pipelines/text-encoder";
import { openSafetensors } from "../engine/safetensors/open-safetensors";
import { readTensor } from "../engine/safetensors/read-tensor";
import { sizeOf, type Tensor, tensor } from "../engine/tensor";
import type { EmbeddingInput } from "./tasks";

/**
 * Textual inversions for a checkpoint's first text encoder.
 * @throws EngineError weights_unknown where a file is none · weights_shape_mismatch for one of another kind of model.
 */
export async function readEmbeddings(
  { textEncoder }: Checkpoint,
  inputs: readonly EmbeddingInput[],
): Promise<Embeddings> {
  const read = new Map<string, Tensor>();
  const width = Number(textEncoder?.config.hidden_size);
  for (const { name, path } of inputs) read.set(name, await readEmbedding(path, width));
  return read;
}

/** @returns [vectors, width] */
async function readEmbedding(path: string, width: number): Promise<Tensor> {
  const file = await openSafetensors(path);
  const { kind } = recognise(file);
  if (kind !== "embedding")
    throw new EngineError("weights_unknown", `${path} is a ${kind}, not a textual inversion`, {
      ...{ file: file.path, seen: kind },
    });
  const { tensors } = file;
  const [lone] = tensors.values();
  const stored = tensors.get("emb_params") ?? tensors.get("clip_l") ?? lone!;
  const got = stored.shape.at(-1)!;
  if (got !== width)
    throw new EngineError("weights_shape_mismatch", `${path} has vectors of ${got} numbers, not ${width}`, {
      ...{ layer: stored.key, file: file.path, expected: width, got },
    });
  return tensor([sizeOf(stored.shape) / width, width], (await readTensor(stored)).data);
}
