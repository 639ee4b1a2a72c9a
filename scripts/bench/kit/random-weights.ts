import { sizeOf } from "@/lib/engine/tensor";

const VALUES = 4096;

/** Of a trained network's spread, evenly: norms near 1, biases small. What the numbers of `randomCodes` stand for. */
export function weightValues(key: string, shape: readonly number[]): Float32Array {
  const isNorm = shape.length === 1 && key.endsWith("weight");
  const spread = shape.length > 1 ? Math.sqrt(3 / sizeOf(shape.slice(1))) : 0.05;
  return Float32Array.from({ length: VALUES }, (_, i) => {
    const u = (i + 0.5) / (VALUES / 2) - 1;
    return isNorm ? 1 + spread * u : spread * u;
  });
}

/** Numbers below 4096, always the same for a key. */
export function randomCodes(key: string, shape: readonly number[]): Uint16Array {
  const codes = new Uint16Array(sizeOf(shape));
  let state =
    [...key].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5) | 1;
  for (let i = 0; i < codes.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    codes[i] = (state >>> 8) & (VALUES - 1);
  }
  return codes;
}

export function randomFloats(key: string, shape: readonly number[]): Float32Array {
  const values = weightValues(key, shape);
  return Float32Array.from(randomCodes(key, shape), (code) => values[code]!);
}
