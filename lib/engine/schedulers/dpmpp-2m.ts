import type { Tensor } from "../tensor";
import { combine } from "./arithmetic";
import type { Sampler } from "./sampler";

/**
 * DPM-Solver++(2M): exponential integration in log σ, with the last prediction as second point. The first and the
 * last step are of first order.
 * @source Lu et al., arXiv:2211.01095, algorithm 2 · k_diffusion/sampling.py sample_dpmpp_2m, and the same numbers as
 *   diffusers' DPMSolverMultistepScheduler (dpmsolver++, midpoint, order 2)
 */
export const sampleDpmpp2m: Sampler = async function* (denoise, start, { steps }) {
  let x = start;
  let last: { denoised: Tensor; h: number } | undefined;
  for (const [index, { sigma, timestep, next }] of steps.entries()) {
    const denoised = await denoise(x, { sigma, timestep, index });
    const h = Math.log(sigma / next);
    let target = denoised;
    if (last && next > 0) {
      const lead = h / (2 * last.h);
      target = combine([1 + lead, denoised], [-lead, last.denoised]);
    }
    x = combine([next / sigma, x], [1 - next / sigma, target]);
    last = { denoised, h };
    x = (yield { index, of: steps.length, x, denoised, sigma, next }) ?? x;
  }
  return x;
};
