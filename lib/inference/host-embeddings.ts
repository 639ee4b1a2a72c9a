import { EngineError } from "../engine/engine-error";
import type { Checkpoint, ModelPart } from "../engine/layouts/checkpoint";
import { recognise } from "../engine/layouts/recognise";
import type { Embeddings } from "../engine/pipelines/text-encoder";
import { openSafetensors, type SafetensorsFile } from "../engine/safetensors/open-safetensors";
import { readTensor } from "../engine/safetensors/read-tensor";
import { sizeOf, type Tensor, tensor } from "../engine/tensor";
import type { EmbeddingInput } from "./tasks";

/**
 * Textual inversions for a checkpoint's text encoders: SDXL's two are told apart by their names in the file.
 * @throws EngineError weights_unknown where a file is none · weights_shape_mismatch for one of another kind of model.
 */
export async function readEmbeddings(
  { textEncoder, textEncoder2 }: Checkpoint,
  inputs: readonly EmbeddingInput[],
): Promise<{ readonly embeddings: Embeddings; readonly embeddings2: Embeddings }> {
  const [embeddings, embeddings2] = [new Map<string, Tensor>(), new Map<string, Tensor>()];
  for (const { name, path } of inputs) {
    const file = await openEmbedding(path);
    if (textEncoder) embeddings.set(name, await readVectors(file, "clip_l", textEncoder));
    if (textEncoder2) embeddings2.set(name, await readVectors(file, "clip_g", textEncoder2));
  }
  return { embeddings, embeddings2 };
}

async function openEmbedding(path: string): Promise<SafetensorsFile> {
  const file = await openSafetensors(path);
  const { kind } = recognise(file);
  if (kind === "embedding") return file;
  throw new EngineError("weights_unknown", `${path} is a ${kind}, not a textual inversion`, {
    ...{ file: file.path, seen: kind },
  });
}

/** @returns [vectors, width] */
async function readVectors(
  { tensors, path }: SafetensorsFile,
  name: "clip_l" | "clip_g",
  { config }: ModelPart,
): Promise<Tensor> {
  const width = Number(config.hidden_size);
  const [lone] = tensors.values();
  const stored = tensors.get(name) ?? tensors.get("emb_params") ?? lone!;
  const got = stored.shape.at(-1)!;
  if (got !== width)
    throw new EngineError("weights_shape_mismatch", `${path} has vectors of ${got} numbers, not ${width}`, {
      ...{ layer: stored.key, file: path, expected: width, got },
    });
  return tensor([sizeOf(stored.shape) / width, width], (await readTensor(stored)).data);
}
