import { EngineError } from "../engine-error";
import type { Tensor } from "../tensor";

/** A seed as torch takes it: any integer, of which the low 64 bits count. Numbers past 2^53 must come as bigint. */
export type Seed = number | bigint;

/** A seeded stream of standard normal numbers: every call goes on where the last one ended. */
export interface NoiseSource {
  /** float32 of the shape, mean 0, standard deviation 1. */
  randn(shape: readonly number[]): Tensor;
}

/**
 * The noise a stochastic sampler adds on its way from one noise level to a lower one: float32 of the latent's
 * shape, standard deviation 1 (k-diffusion's `noise_sampler`).
 */
export type NoiseSampler = (sigma: number, next: number) => Tensor;

/** A fresh Gaussian for every step, whatever its levels: what diffusers and the ancestral samplers use. */
export const gaussianNoise =
  (source: NoiseSource, shape: readonly number[]): NoiseSampler =>
  () =>
    source.randn(shape);

/**
 * The seed's 64 bits; negative seeds wrap around, as in `torch.manual_seed`.
 * @throws EngineError setting_invalid for fractions and for numbers too large to be exact.
 */
export function seedBits(seed: Seed): bigint {
  if (typeof seed === "number" && !Number.isSafeInteger(seed))
    throw new EngineError("setting_invalid", `The seed ${seed} is not an integer`, {
      setting: "seed",
      got: seed,
    });
  return BigInt.asUintN(64, BigInt(seed));
}
