import { EngineError } from "./engine-error";

/** A dense row-major array of numbers: latents, noise, embeddings, pictures in [−1, 1]. Treated as immutable once handed on. */
export interface Tensor {
  readonly shape: readonly number[];
  /** As many as the product of `shape`. */
  readonly data: Float32Array;
}

/** Elements of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** @throws EngineError shape_mismatch where the numbers are not as many as the shape says. */
export function tensor(shape: readonly number[], data: Float32Array | readonly number[]): Tensor {
  if (sizeOf(shape) !== data.length)
    throw new EngineError("shape_mismatch", `${data.length} numbers for the shape [${shape}]`, {
      expected: `[${shape}]`,
      got: data.length,
    });
  return { shape, data: data instanceof Float32Array ? data : Float32Array.from(data) };
}

/** @throws EngineError shape_mismatch naming both shapes. */
export function assertShape(what: string, got: readonly number[], expected: readonly number[]): void {
  if (got.length === expected.length && got.every((size, i) => size === expected[i])) return;
  throw new EngineError("shape_mismatch", `${what} is [${got}], not [${expected}]`, {
    layer: what,
    expected: `[${expected}]`,
    got: `[${got}]`,
  });
}
