import type { Tensor } from "../tensor";
import { combine } from "./arithmetic";
import type { Sampler } from "./sampler";

/**
 * DPM-Solver++(2M) for the reverse SDE: as 2M, with noise put back at each step (midpoint form). k-diffusion draws
 * the noise from a Brownian path (`brownianNoise`), diffusers plainly (`gaussianNoise`).
 * @source Lu et al., arXiv:2211.01095, section 5 · k_diffusion/sampling.py sample_dpmpp_2m_sde, and the same numbers
 *   as diffusers' DPMSolverMultistepScheduler (sde-dpmsolver++)
 */
export const sampleDpmpp2mSde: Sampler = async function* (denoise, start, { steps }, noise, options) {
  const { eta = 1 } = options ?? {};
  let x = start;
  let last: { denoised: Tensor; h: number } | undefined;
  for (const [index, { sigma, timestep, next }] of steps.entries()) {
    const denoised = await denoise(x, { sigma, timestep, index });
    const h = Math.log(sigma / next);
    if (next === 0) x = denoised;
    else {
      const reach = -Math.expm1(-h * (1 + eta));
      const lead = last ? (reach * h) / (2 * last.h) : 0;
      x = combine(
        [(next / sigma) * Math.exp(-eta * h), x],
        [reach + lead, denoised],
        [-lead, last?.denoised ?? denoised],
      );
      const up = next * Math.sqrt(-Math.expm1(-2 * eta * h));
      if (up > 0) x = combine([1, x], [up, noise(sigma, next)]);
    }
    last = { denoised, h };
    x = (yield { index, of: steps.length, x, denoised, sigma, next }) ?? x;
  }
  return x;
};
