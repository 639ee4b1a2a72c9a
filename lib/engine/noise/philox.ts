import { sizeOf, type Tensor, tensor } from "../tensor";
import { type NoiseSource, type Seed, seedBits } from "./noise-source";

const ROUNDS = 10;
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
/** 2^−32 and 2π·2^−32 as float32, the constants of cuRAND's Box–Muller. */
const TO_UNIT = Math.fround(2.3283064e-10);
const TO_ANGLE = Math.fround(2.3283064e-10 * 6.2831855);

/**
 * `torch.randn(…, device="cuda")` after `torch.manual_seed(seed)`, reproduced on the CPU: Philox4x32-10, one counter
 * per element, the call's number as offset. A1111's "NV" random source, which its pictures made on GPUs agree with.
 * CUDA hands more than one number to a thread once a tensor outgrows the device's threads (about 2^18 elements);
 * past that size the numbers are A1111's, not the GPU's.
 * @source Salmon et al., SC '11 (Philox) · A1111 modules/rng_philox.py · curand_normal.h
 * @golden tests/golden/noise: equal to the last bit but for libm's, max |Δ| ≤ 1.2e-7.
 */
export function philoxNoise(seed: Seed): NoiseSource {
  const bits = seedBits(seed);
  const key = [Number(bits & 0xffff_ffffn), Number(bits >> 32n)] as const;
  let calls = 0;
  return {
    randn(shape): Tensor {
      const data = new Float32Array(sizeOf(shape));
      const words = new Uint32Array(4);
      for (let i = 0; i < data.length; i++) {
        words.set([calls, 0, i, 0]);
        philox(words, key);
        const radius = Math.sqrt(-2 * Math.log(words[0]! * TO_UNIT + TO_UNIT / 2));
        // Of the two normals of a pair only the first, the sine, is used.
        data[i] = radius * Math.sin(words[1]! * TO_ANGLE + TO_ANGLE / 2);
      }
      calls++;
      return tensor(shape, data);
    },
  };
}

/** Philox4x32-10 in place: a 128-bit counter becomes 128 random bits. */
function philox(words: Uint32Array, key: readonly [number, number]): void {
  let [key0, key1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const c0 = words[0]!;
    const c2 = words[2]!;
    words[0] = multiplyHigh(c2, MULTIPLIER_1) ^ words[1]! ^ key0;
    words[1] = Math.imul(c2, MULTIPLIER_1);
    words[2] = multiplyHigh(c0, MULTIPLIER_0) ^ words[3]! ^ key1;
    words[3] = Math.imul(c0, MULTIPLIER_0);
    key0 = (key0 + WEYL_0) >>> 0;
    key1 = (key1 + WEYL_1) >>> 0;
  }
}

/** The high 32 bits of the 64-bit product of two uint32. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const cross = aHigh * bLow + ((aLow * bLow) >>> 16);
  // Both sums stay below 2^32, so that >>> takes the whole of them.
  const middle = aLow * bHigh + (cross & 0xffff);
  return (aHigh * bHigh + (cross >>> 16) + (middle >>> 16)) >>> 0;
}
