import { combine } from "./arithmetic";
import type { Sampler } from "./sampler";

/**
 * Euler steps along the ODE: x moves straight towards the prediction.
 * @source Karras et al., arXiv:2206.00364, algorithm 2 without churn · k_diffusion/sampling.py sample_euler
 */
export const sampleEuler: Sampler = async function* (denoise, start, { steps }) {
  let x = start;
  for (const [index, { sigma, timestep, next }] of steps.entries()) {
    const denoised = await denoise(x, { sigma, timestep, index });
    x = combine([next / sigma, x], [1 - next / sigma, denoised]);
    x = (yield { index, of: steps.length, x, denoised, sigma, next }) ?? x;
  }
  return x;
};
