import { combine } from "./arithmetic";
import { ancestralStep, type Sampler } from "./sampler";
import { signalRate } from "./schedule";

/**
 * DDIM: in terms of σ an Euler step, with fresh noise for η > 0 (η = 1 is ancestral sampling).
 *
 * diffusers keeps x / √(σ² + 1) between the steps, and with spacings that do not divide the training steps evenly
 * takes what ended at one level for the next step's level, which is another: so does this. It also ends at the noise
 * level of timestep 0 where `set_alpha_to_one` is off, hence the last scaling.
 * @source Song et al., arXiv:2010.02502, eq. 12 and 16 · diffusers DDIMScheduler
 */
export const sampleDdim: Sampler = async function* (denoise, start, { steps }, noise, options) {
  const { eta = 0 } = options ?? {};
  let x = start;
  for (const [index, { sigma, timestep, next }] of steps.entries()) {
    const denoised = await denoise(x, { sigma, timestep, index });
    const { down, up } = ancestralStep(sigma, next, eta);
    x = combine([down / sigma, x], [1 - down / sigma, denoised]);
    if (up > 0) x = combine([1, x], [up, noise(sigma, next)]);
    x = (yield { index, of: steps.length, x, denoised, sigma, next }) ?? x;
    const expected = steps[index + 1]?.sigma ?? 0;
    if (expected !== next) x = combine([signalRate(next) / signalRate(expected), x]);
  }
  return x;
};
