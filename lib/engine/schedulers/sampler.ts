import type { NoiseSampler } from "../noise/noise-source";
import type { Tensor } from "../tensor";
import type { Schedule } from "./schedule";

/**
 * The model as a sampler sees it: x = x₀ + σ·n at a noise level → the clean latent predicted from it. Guidance,
 * ControlNet and the prediction type are inside.
 */
export type Denoise = (x: Tensor, at: { sigma: number; timestep: number; index: number }) => Promise<Tensor>;

export interface SamplerStep {
  readonly index: number;
  /** Steps in all. */
  readonly of: number;
  /** The latent after the step, x₀ + next·n. */
  readonly x: Tensor;
  /** The clean latent predicted in the step: what a preview shows. */
  readonly denoised: Tensor;
  readonly sigma: number;
  readonly next: number;
}

export interface SamplerOptions {
  /** How much of the noise is fresh at each step: 0 none (deterministic), 1 all that may be. */
  readonly eta?: number;
}

/**
 * A sampler walks a schedule down, a step at a time, and returns the finished latent. Whoever iterates may hand a
 * latent back to `next()`, e.g. with the unmasked part put back: the sampler goes on from that one.
 * @param x float32, noise times `schedule.initNoiseScale`, or a latent brought to the first level by `addNoise`.
 */
export type Sampler = (
  denoise: Denoise,
  x: Tensor,
  schedule: Schedule,
  noise: NoiseSampler,
  options?: SamplerOptions,
) => AsyncGenerator<SamplerStep, Tensor, Tensor | undefined>;

/**
 * Splits a step from `sigma` to `next` into a deterministic part, down to `down`, and fresh noise of deviation `up`
 * on top: down² + up² = next².
 * @source k_diffusion/sampling.py get_ancestral_step · DDIM's eq. 16, arXiv:2010.02502, in terms of σ
 */
export function ancestralStep(sigma: number, next: number, eta: number): { down: number; up: number } {
  const up = Math.min(next, eta * Math.sqrt((next ** 2 * (sigma ** 2 - next ** 2)) / sigma ** 2));
  return { down: Math.sqrt(next ** 2 - up ** 2), up };
}
