import { combine } from "./arithmetic";
import type { Sampler } from "./sampler";
import { signalRate } from "./schedule";

const SIGMA_DATA = 0.5;
const TIMESTEP_SCALING = 10;

/**
 * Latent consistency models: each step predicts the finished latent, and all but the last put it back among fresh
 * noise.
 * @source Luo et al., arXiv:2310.04378 · diffusers LCMScheduler
 */
export const sampleLcm: Sampler = async function* (denoise, start, { steps }, noise) {
  let x = start;
  for (const [index, { sigma, timestep, next }] of steps.entries()) {
    const predicted = await denoise(x, { sigma, timestep, index });
    const { skip, out } = boundaryScalings(timestep);
    const denoised = combine([out, predicted], [skip * signalRate(sigma), x]);
    x = next === 0 ? denoised : combine([1, denoised], [next, noise(sigma, next)]);
    x = (yield { index, of: steps.length, x, denoised, sigma, next }) ?? x;
  }
  return x;
};

/** c_skip and c_out: at timestep 0 the model's answer would be its input. */
function boundaryScalings(timestep: number): { skip: number; out: number } {
  const s = timestep * TIMESTEP_SCALING;
  const sum = s ** 2 + SIGMA_DATA ** 2;
  return { skip: SIGMA_DATA ** 2 / sum, out: s / Math.sqrt(sum) };
}
