import type { SafetensorsFile } from "@/lib/engine/safetensors/open-safetensors";
import type { Dtype, StoredTensor } from "@/lib/engine/safetensors/stored-tensor";
import { sizeOf } from "@/lib/engine/tensor";

export type Shapes = Readonly<Record<string, readonly number[]>>;

/** A .safetensors file as it is seen once opened, without the file: a full-size model's names and shapes. */
export function fakeSafetensors(
  shapes: Shapes,
  metadata: Record<string, string> = {},
  dtype: Dtype = "F16",
): SafetensorsFile {
  const path = "/models/fake.safetensors";
  const tensors = new Map<string, StoredTensor>();
  let offset = 8;
  for (const [key, shape] of Object.entries(shapes)) {
    const byteLength = 2 * sizeOf(shape);
    tensors.set(key, { key, dtype, shape, file: path, offset, byteLength });
    offset += byteLength;
  }
  return { path, sizeBytes: offset, tensors, metadata };
}

/** Puts every name under a prefix. */
export const prefixed = (prefix: string, shapes: Shapes): Shapes =>
  Object.fromEntries(Object.entries(shapes).map(([key, shape]) => [prefix + key, shape]));
