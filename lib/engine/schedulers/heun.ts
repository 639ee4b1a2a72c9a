import { combine } from "./arithmetic";
import type { Sampler } from "./sampler";

/**
 * Heun's method: the slope is averaged with the one found where an Euler step leads. Two calls of the model a step,
 * one in the last.
 * @source Karras et al., arXiv:2206.00364, algorithm 2 without churn · k_diffusion/sampling.py sample_heun
 */
export const sampleHeun: Sampler = async function* (denoise, start, { steps, timestepOf }) {
  let x = start;
  for (const [index, { sigma, timestep, next }] of steps.entries()) {
    const denoised = await denoise(x, { sigma, timestep, index });
    const there = combine([next / sigma, x], [1 - next / sigma, denoised]);
    if (next === 0) x = there;
    else {
      const nextTimestep = steps[index + 1]?.timestep ?? timestepOf(next);
      const again = await denoise(there, { sigma: next, timestep: nextTimestep, index });
      const half = (next - sigma) / 2;
      // x + half · ((x − denoised)/σ + (there − again)/next)
      x = combine(
        [1 + half / sigma, x],
        [-half / sigma, denoised],
        [half / next, there],
        [-half / next, again],
      );
    }
    x = (yield { index, of: steps.length, x, denoised, sigma, next }) ?? x;
  }
  return x;
};
