import { type TensorToWrite, writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { tinyValues } from "./tiny-weights";

/** ALPHA of tests/golden/tiny_pipelines.py. */
const ALPHA = 6;

/** Writes the LoRA that `lora_tensors` there makes. @param shapes  by key; scalars are alphas. */
export async function writeLora(
  file: string,
  shapes: Readonly<Record<string, readonly number[]>>,
  salt: string,
): Promise<void> {
  const entries = Object.entries(shapes).map(([key, shape]): [string, TensorToWrite] => [
    key,
    {
      dtype: "F32",
      shape,
      data: () => (shape.length === 0 ? Float32Array.of(ALPHA) : tinyValues(salt + key, shape)),
    },
  ]);
  await writeSafetensors(file, new Map(entries));
}
