import { assertShape, type Tensor } from "../tensor";

const f32 = Math.fround;

/**
 * The weighted sum of tensors of one shape, summed in double and rounded to float32 once. A weight of 0 drops its
 * term, so that infinities in it do not turn into NaN.
 * @throws EngineError shape_mismatch, naming both shapes.
 */
export function combine(...terms: readonly (readonly [weight: number, of: Tensor])[]): Tensor {
  const { shape } = terms[0]![1];
  for (const [, { shape: got }] of terms) assertShape("A term of a sampler's sum", got, shape);
  const kept = terms.filter(([weight]) => weight !== 0);
  const data = new Float32Array(terms[0]![1].data.length);
  for (let i = 0; i < data.length; i++) {
    let sum = 0;
    for (const [weight, of] of kept) sum += weight * of.data[i]!;
    data[i] = sum;
  }
  return { shape, data };
}

/** n numbers from `from` to `to`, both included, each rounded as numpy.linspace does; `from` alone for n = 1. */
export function linspace(from: number, to: number, n: number): number[] {
  const step = (to - from) / (n - 1);
  return Array.from({ length: n }, (_, i) => (i === 0 ? from : i === n - 1 ? to : from + i * step));
}

/**
 * torch.linspace in float32: counted from both ends to the middle, the product and the sum rounded together, as its
 * vector code's fused multiply-add does.
 */
export function linspaceFloat32(from: number, to: number, n: number): number[] {
  const [start, end] = [f32(from), f32(to)];
  if (n === 1) return [start];
  const step = f32(f32(end - start) / (n - 1));
  return Array.from({ length: n }, (_, i) => f32(i < n >> 1 ? start + step * i : end - step * (n - i - 1)));
}

/** To the nearest integer, halves to the even one: numpy's round. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
