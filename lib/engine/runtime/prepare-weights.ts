import { type FileHandle, mkdtemp, open, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import type { Preparation, PreparationBatch } from "../onnx/prepared-weights";

/**
 * Works weights out into a folder of their own, for as long as `use` needs them: a session that is open holds its own.
 * @param optionsFor of the sessions in which they are worked out, with the weights of a folder.
 */
export async function withPreparedWeights<T>(
  { file, batches }: Preparation,
  optionsFor: (folder: string | null) => InferenceSession.SessionOptions,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  // onnxruntime follows no links on its way to a file of weights.
  const folder = await mkdtemp(join(await realpath(tmpdir()), "mosaiq-weights-"));
  try {
    const target = await open(join(folder, file), "w");
    try {
      for (const batch of batches) await write(batch, optionsFor(batch.model.folder), target);
    } finally {
      await target.close();
    }
    return await use(`${folder}/`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(
  { model, pieces }: PreparationBatch,
  options: InferenceSession.SessionOptions,
  target: FileHandle,
): Promise<void> {
  const session = await InferenceSession.create(model.bytes, options);
  try {
    const values = await session.run({});
    for (const { output, offset } of pieces) {
      const { data } = values[output]!;
      const { buffer, byteOffset, byteLength } = data as Exclude<typeof data, string[]>;
      await target.write(new Uint8Array(buffer, byteOffset, byteLength), 0, byteLength, offset);
      values[output]!.dispose();
    }
  } finally {
    await session.release();
  }
}
