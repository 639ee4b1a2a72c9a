import { combine } from "./arithmetic";
import { ancestralStep, type Sampler } from "./sampler";

const f32 = Math.fround;

/**
 * DPM-Solver++ for the reverse SDE, single-step of second order: the model is asked again halfway (in log σ), and the
 * whole step taken with that answer. Two calls of the model a step, one in the last. Both references draw the noise
 * from a Brownian path (`brownianNoise`).
 * @source k_diffusion/sampling.py sample_dpmpp_sde (r = 1/2) · diffusers DPMSolverSDEScheduler
 */
export const sampleDpmppSde: Sampler = async function* (
  denoise,
  start,
  { steps, timestepOf },
  noise,
  options,
) {
  const { eta = 1 } = options ?? {};
  let x = start;
  for (const [index, { sigma, timestep, next }] of steps.entries()) {
    const denoised = await denoise(x, { sigma, timestep, index });
    if (next === 0) x = denoised;
    else {
      const [from, middle, to] = noiseLevels(sigma, next);
      const half = ancestralStep(sigma, middle, eta);
      let there = combine([half.down / sigma, x], [1 - half.down / sigma, denoised]);
      if (half.up > 0) there = combine([1, there], [half.up, noise(from, middle)]);
      const again = await denoise(there, { sigma: middle, timestep: timestepOf(middle), index });

      const whole = ancestralStep(sigma, next, eta);
      x = combine([whole.down / sigma, x], [1 - whole.down / sigma, again]);
      if (whole.up > 0) x = combine([1, x], [whole.up, noise(from, to)]);
    }
    x = (yield { index, of: steps.length, x, denoised, sigma, next }) ?? x;
  }
  return x;
};

/**
 * A step's ends and its middle in log σ, through float32 logarithms and back, as the references ask for noise: a
 * Brownian path tells levels apart in their seventh digit.
 */
function noiseLevels(sigma: number, next: number): [number, number, number] {
  const [t, end] = [f32(-Math.log(sigma)), f32(-Math.log(next))];
  const middle = f32(t + f32(f32(end - t) * 0.5));
  return [f32(Math.exp(-t)), f32(Math.exp(-middle)), f32(Math.exp(-end))];
}
