import { EngineError } from "../engine-error";
import type { Tensor } from "../tensor";
import { combine } from "./arithmetic";

export interface ScheduleStep {
  /** Noise level the model is asked at, > 0. */
  readonly sigma: number;
  /** What the model is told as its time. */
  readonly timestep: number;
  /** Noise level the step ends at; the next step's `sigma`, but for DDIM where diffusers' differ. */
  readonly next: number;
}

/**
 * The noise levels a sampler walks down. All latents on the way are x = x₀ + σ·n ("variance exploding", k-diffusion's
 * form); the form diffusers keeps for some samplers is x / √(σ² + 1).
 */
export interface Schedule {
  readonly steps: readonly ScheduleStep[];
  /** What standard normal noise is multiplied by to start from nothing. */
  readonly initNoiseScale: number;
  /** The timestep of a level between two steps, for samplers that ask there. */
  readonly timestepOf: (sigma: number) => number;
}

/**
 * A schedule over levels that each step takes from one to the next.
 * @param sigmas falling, one more than `timesteps`; the last is where the picture is done.
 */
export function scheduleOf(
  sigmas: readonly number[],
  timesteps: readonly number[],
  rest: Pick<Schedule, "initNoiseScale" | "timestepOf">,
): Schedule {
  const steps = timesteps.map((timestep, i) => ({ sigma: sigmas[i]!, timestep, next: sigmas[i + 1]! }));
  return { steps, ...rest };
}

/**
 * Only the end of a schedule, for a picture that is to be changed: noise is added to it at the first level left.
 *
 * `diffusers` takes ⌊n·strength⌋ steps, `a1111` one more (t_enc counts from 0), never all of them noise-free.
 * @param strength in [0, 1]; 1 forgets the picture.
 * @throws EngineError setting_invalid for a strength outside [0, 1] or so low that no step is left.
 * @source diffusers pipeline_stable_diffusion_img2img.py get_timesteps · A1111 modules/sd_samplers_common.py
 *   setup_img2img_steps
 */
export function startAt(schedule: Schedule, strength: number, convention: "diffusers" | "a1111"): Schedule {
  const n = schedule.steps.length;
  const left =
    convention === "diffusers"
      ? Math.min(Math.trunc(n * strength), n)
      : Math.trunc(Math.min(strength, 0.999) * n) + 1;
  if (!(strength >= 0 && strength <= 1) || left === 0)
    throw new EngineError("setting_invalid", `A strength of ${strength} leaves none of ${n} steps`, {
      setting: "strength",
      got: strength,
      steps: n,
    });
  return { ...schedule, steps: schedule.steps.slice(n - left) };
}

/** x₀ + σ·noise: a clean latent brought to a noise level. */
export const addNoise = (x0: Tensor, noise: Tensor, sigma: number): Tensor =>
  combine([1, x0], [sigma, noise]);

/** How much of the picture is in a latent of diffusers' form at σ: √ᾱ = 1 / √(σ² + 1). */
export const signalRate = (sigma: number): number => 1 / Math.sqrt(sigma ** 2 + 1);
