import { sizeOf, type Tensor, tensor } from "../tensor";
import { mersenneTwister } from "./mersenne-twister";
import { type NoiseSource, type Seed, seedBits } from "./noise-source";

const f32 = Math.fround;
const TWO_PI = f32(2 * Math.PI);
/** Values filled at a time: torch's vector width. Fewer than this many go through the scalar path. */
const BLOCK = 16;

/**
 * `torch.randn` on the CPU after `torch.manual_seed(seed)`: MT19937 seeded with the low 32 bits, float32.
 * From 16 values on, blocks of 16 uniforms become normals in pairs (j, j + 8); below, normals are drawn in double
 * and the second of each pair is kept for the next short call.
 * @source aten/src/ATen/native/cpu/DistributionTemplates.h (normal_fill), aten/src/ATen/core/DistributionsHelper.h
 * @golden tests/golden/noise, max |Δ| ≤ 2.5e-7. Over 1.3 million values: 83 % equal, max |Δ| 4.8e-7, for torch's vector
 *   code has a logarithm and a sine of its own.
 */
export function torchCpuNoise(seed: Seed): NoiseSource {
  const next = mersenneTwister(Number(seedBits(seed) & 0xffff_ffffn));
  const scalar = scalarNormals(next);
  return {
    randn(shape): Tensor {
      const data = new Float32Array(sizeOf(shape));
      if (data.length < BLOCK) for (let i = 0; i < data.length; i++) data[i] = scalar();
      else fillBlocks(data, next);
      return tensor(shape, data);
    },
  };
}

function fillBlocks(data: Float32Array, next: () => number): void {
  const uniform = () => (next() & 0xffffff) / 2 ** 24;
  for (let i = 0; i < data.length; i++) data[i] = uniform();
  for (let at = 0; at + BLOCK <= data.length; at += BLOCK) boxMuller(data, at);
  if (data.length % BLOCK === 0) return;
  // What is left over is drawn anew together with the numbers before it, so that the last block is a whole one.
  const last = data.length - BLOCK;
  for (let i = last; i < data.length; i++) data[i] = uniform();
  boxMuller(data, last);
}

/** 16 uniforms in [0, 1) become 16 normals in place, rounded to float32 wherever torch's vector code is. */
function boxMuller(data: Float32Array, at: number): void {
  for (let j = at; j < at + BLOCK / 2; j++) {
    const radius = f32(Math.sqrt(-2 * f32(Math.log(1 - data[j]!))));
    const theta = f32(TWO_PI * data[j + BLOCK / 2]!);
    data[j] = radius * f32(Math.cos(theta));
    data[j + BLOCK / 2] = radius * f32(Math.sin(theta));
  }
}

function scalarNormals(next: () => number): () => number {
  let spare: number | undefined;
  const uniform = () => {
    const high = next();
    // 53 bits of the 64: the low 21 of the first word, then all of the second.
    return ((high & 0x1fffff) * 2 ** 32 + next()) / 2 ** 53;
  };
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const theta = 2 * Math.PI * uniform();
    const radius = Math.sqrt(-2 * Math.log1p(-uniform()));
    spare = radius * Math.sin(theta);
    return radius * Math.cos(theta);
  };
}
