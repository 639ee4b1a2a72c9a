import type { Dtype } from "@/lib/engine/safetensors/stored-tensor";
import { type TensorToWrite, writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { sizeOf } from "@/lib/engine/tensor";

/**
 * Weights of a tiny network that Python and TypeScript make alike, bit for bit, from nothing but a tensor's name and
 * shape: no checkpoint need be stored. `tests/golden/tiny_weights.py` is the twin.
 *
 * u is uniform in [−1, 1): matrices and kernels √(3 / fan-in)·u (variance 1 / fan-in), 2-D `…embedding.weight` u / 2,
 * 1-D `…weight` and `…running_var` 1 + u / 10, everything else u / 10.
 * @returns float32, row-major.
 */
export function tinyValues(key: string, shape: readonly number[]): Float32Array {
  const [offset, scale] = distribution(key, shape);
  const seed = fnv1a(key);
  const out = new Float32Array(sizeOf(shape));
  for (let i = 0; i < out.length; i++) {
    const u = (mix((seed + Math.imul(i, 0x9e3779b9)) >>> 0) >>> 8) / 2 ** 23 - 1;
    out[i] = offset + scale * u;
  }
  return out;
}

/**
 * Writes a .safetensors file of tiny values.
 * @param shapes  by key.
 * @param salt    put before a key before it is hashed: another file with the same names and other numbers.
 */
export async function writeTinyCheckpoint(
  file: string,
  shapes: Readonly<Record<string, readonly number[]>>,
  dtype: Dtype = "F32",
  salt = "",
): Promise<void> {
  const entries = Object.entries(shapes).map(([key, shape]): [string, TensorToWrite] => [
    key,
    { dtype, shape, data: () => tinyValues(salt + key, shape) },
  ]);
  await writeSafetensors(file, new Map(entries));
}

function distribution(key: string, shape: readonly number[]): [offset: number, scale: number] {
  if (shape.length === 2 && key.endsWith("embedding.weight")) return [0, 0.5];
  if (shape.length >= 2) return [0, Math.sqrt(3 / sizeOf(shape.slice(1)))];
  return [shape.length === 1 && /(weight|running_var)$/.test(key) ? 1 : 0, 0.1];
}

/** 32 bits of a name. @source http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** An avalanche of 32 bits. @source https://github.com/skeeto/hash-prospector (lowbias32) */
function mix(bits: number): number {
  let x = bits;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
