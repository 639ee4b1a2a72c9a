import { combine } from "./arithmetic";
import { ancestralStep, type Sampler } from "./sampler";

/**
 * Euler steps that go deeper than the next level and come back up to it with fresh noise.
 * @source k_diffusion/sampling.py sample_euler_ancestral
 */
export const sampleEulerAncestral: Sampler = async function* (denoise, start, { steps }, noise, options) {
  const { eta = 1 } = options ?? {};
  let x = start;
  for (const [index, { sigma, timestep, next }] of steps.entries()) {
    const denoised = await denoise(x, { sigma, timestep, index });
    const { down, up } = ancestralStep(sigma, next, eta);
    x = combine([down / sigma, x], [1 - down / sigma, denoised]);
    if (up > 0) x = combine([1, x], [up, noise(sigma, next)]);
    x = (yield { index, of: steps.length, x, denoised, sigma, next }) ?? x;
  }
  return x;
};
