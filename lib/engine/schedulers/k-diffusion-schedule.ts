import { linspaceFloat32 } from "./arithmetic";
import { alphaBars } from "./betas";
import { type Schedule, scheduleOf } from "./schedule";
import type { SchedulerConfig } from "./scheduler-config";
import { type SigmaTable, sigmaTable, sigmaToTimestep } from "./sigma-table";

const f32 = Math.fround;
const RHO = 7;

/** A1111's "Schedule type": Uniform, Karras, Exponential, SGM Uniform. */
export type KDiffusionCurve = "normal" | "karras" | "exponential" | "sgm-uniform";

/**
 * The noise levels of k-diffusion's denoiser, as A1111 asks for them, ending at 0. Timesteps are fractions, found from
 * the levels (no quantization); pictures start from noise·σ.
 * @param steps in [1, trainSteps].
 * @source k_diffusion/external.py DiscreteSchedule, k_diffusion/sampling.py get_sigmas_* · A1111
 *   modules/sd_schedulers.py
 * @golden tests/golden/schedulers: sigmas and timesteps, max relative error 1e-6.
 */
export function kDiffusionSchedule(config: SchedulerConfig, curve: KDiffusionCurve, steps: number): Schedule {
  const table = sigmaTable(alphaBars(config, "float64"));
  const sigmas = levels(table, curve, steps);
  const timestepOf = (sigma: number) => sigmaToTimestep(table, sigma);
  return scheduleOf([...sigmas, 0], sigmas.map(timestepOf), { timestepOf, initNoiseScale: sigmas[0]! });
}

/** Rounded to float32 after every operation, as there: a Brownian path tells levels apart in their seventh digit. */
function levels(table: SigmaTable, curve: KDiffusionCurve, n: number): number[] {
  const last = table.sigmas.length - 1;
  const [min, max] = [table.sigmas[0]!, table.sigmas[last]!];
  switch (curve) {
    case "normal":
      return linspaceFloat32(last, 0, n).map((t) => timestepToSigma(table, t));
    case "karras": {
      const [from, to] = [max ** (1 / RHO), min ** (1 / RHO)];
      return linspaceFloat32(0, 1, n).map((share) =>
        f32(f32(f32(from) + f32(share * f32(to - from))) ** RHO),
      );
    }
    case "exponential":
      return linspaceFloat32(Math.log(max), Math.log(min), n).map((logSigma) => f32(Math.exp(logSigma)));
    case "sgm-uniform":
      return linspaceFloat32(last, 0, n + 1)
        .slice(0, n)
        .map((t) => timestepToSigma(table, t));
  }
}

/** The noise level of a timestep, interpolated in log σ. */
function timestepToSigma({ logSigmas }: SigmaTable, t: number): number {
  const [low, high] = [Math.floor(t), Math.ceil(t)];
  const weight = f32(t - low);
  return f32(Math.exp(f32(f32(f32(1 - weight) * logSigmas[low]!) + f32(weight * logSigmas[high]!))));
}
