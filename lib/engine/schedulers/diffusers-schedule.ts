import { linspace, roundHalfEven } from "./arithmetic";
import { alphaBars } from "./betas";
import { type Schedule, type ScheduleStep, scheduleOf, signalRate } from "./schedule";
import type { SchedulerConfig, TimestepSpacing } from "./scheduler-config";
import {
  exponentialSigmas,
  karrasSigmas,
  type SigmaTable,
  sigmaTable,
  sigmaToTimestep,
  timestepToSigma,
} from "./sigma-table";

const f32 = Math.fround;

/**
 * The schedulers of diffusers that choose their levels alike: Euler, Euler ancestral, Heun and DPM-Solver SDE; the
 * multistep solvers DPM-Solver++ and UniPC; DDIM; LCM.
 */
export type DiffusersFamily = "euler" | "multistep" | "ddim" | "lcm";

/** How the levels lie: as the timesteps do, or on a curve of their own. */
export type SigmaCurve = "timesteps" | "karras" | "exponential";

export interface DiffusersScheduleOptions {
  readonly family: DiffusersFamily;
  readonly steps: number;
  readonly spacing: TimestepSpacing;
  /** `timesteps` alone for DDIM and LCM. */
  readonly curve: SigmaCurve;
}

/**
 * The noise levels and timesteps of diffusers' `set_timesteps`, with the final level 0 (`final_sigmas_type: zero`).
 * One thing is not as there: a single `linspace` step of the Euler family starts at the top and not at timestep 0,
 * where no noise is left to make a picture from.
 * @param options.steps in [1, trainSteps].
 * @source diffusers 0.42 schedulers/scheduling_*.py set_timesteps
 * @golden tests/golden/schedulers: sigmas and timesteps, max relative error 1e-6.
 */
export function diffusersSchedule(config: SchedulerConfig, options: DiffusersScheduleOptions): Schedule {
  const table = sigmaTable(alphaBars(config, "float32"));
  const timestepOf = (sigma: number) => sigmaToTimestep(table, sigma);
  const { family } = options;
  if (family === "ddim" || family === "lcm") {
    const steps =
      family === "ddim" ? ddimSteps(config, options, table) : lcmSteps(config, options.steps, table);
    return { steps, timestepOf, initNoiseScale: 1 / signalRate(steps[0]!.sigma) };
  }
  const timesteps = spacedTimesteps(config, options);
  const { sigmas, asked } = curveLevels(options, timesteps, table);
  // The Euler family starts from noise·σ, as if nothing but noise were there; the others count the signal in.
  const plain = family === "euler" && options.spacing !== "leading";
  return scheduleOf([...sigmas, 0], asked, {
    timestepOf,
    initNoiseScale: plain ? sigmas[0]! : 1 / signalRate(sigmas[0]!),
  });
}

/** Falling timesteps, @source arXiv:2305.08891, table 2. */
function spacedTimesteps(
  config: SchedulerConfig,
  { family, steps, spacing }: DiffusersScheduleOptions,
): number[] {
  const { trainSteps, stepsOffset } = config;
  // The multistep solvers space one timestep more and leave the lowest out.
  const count = family === "multistep" ? steps + 1 : steps;
  switch (spacing) {
    case "trailing": {
      // numpy.arange takes for its stride what is left of the second value: its rounding decides where halves go.
      const stride = trainSteps - trainSteps / steps - trainSteps;
      return Array.from({ length: steps }, (_, i) => roundHalfEven(trainSteps + i * stride) - 1);
    }
    case "leading": {
      const ratio = Math.floor(trainSteps / count);
      return Array.from({ length: steps }, (_, i) => (count - 1 - i) * ratio + stepsOffset);
    }
    case "linspace": {
      if (count === 1) return [trainSteps - 1];
      const falling = linspace(0, trainSteps - 1, count)
        .reverse()
        .slice(0, steps);
      return falling.map(family === "euler" ? f32 : roundHalfEven);
    }
  }
}

function curveLevels(
  { family, steps, curve }: DiffusersScheduleOptions,
  timesteps: number[],
  table: SigmaTable,
) {
  const spaced = timesteps.map((t) => timestepToSigma(table, t));
  if (curve === "timesteps") return { sigmas: spaced.map(f32), asked: timesteps };
  // The Euler family lays the curve between its own levels, the multistep solvers between the trained ones.
  const [max, min] =
    family === "euler" ? [spaced[0]!, spaced.at(-1)!] : [table.sigmas.at(-1)!, table.sigmas[0]!];
  const sigmas = curve === "karras" ? karrasSigmas(steps, min, max) : exponentialSigmas(steps, min, max);
  const exact = sigmas.map((sigma) => sigmaToTimestep(table, sigma));
  // The multistep solvers ask at whole timesteps: rounded for Karras, cut off for exponential, where a level that was
  // a whole timestep must not fall below it by the rounding of its logarithm.
  const whole = curve === "karras" ? roundHalfEven : (t: number) => Math.floor(t + 1e-4);
  return { sigmas: sigmas.map(f32), asked: exact.map(family === "euler" ? f32 : whole) };
}

/** DDIM steps down by trainSteps / n rounded down, wherever the next step's timestep is. */
function ddimSteps(
  config: SchedulerConfig,
  options: DiffusersScheduleOptions,
  table: SigmaTable,
): ScheduleStep[] {
  const stride = Math.floor(config.trainSteps / options.steps);
  const final = config.setAlphaToOne ? 0 : table.sigmas[0]!;
  return spacedTimesteps(config, options).map((timestep) => ({
    sigma: timestepToSigma(table, timestep),
    timestep,
    next: timestep >= stride ? table.sigmas[timestep - stride]! : final,
  }));
}

/** Few of the steps a consistency model was distilled over, from the noisiest on. */
function lcmSteps(config: SchedulerConfig, steps: number, table: SigmaTable): ScheduleStep[] {
  const { trainSteps, originalSteps } = config;
  const stride = Math.floor(trainSteps / originalSteps);
  const timesteps = Array.from(
    { length: steps },
    (_, i) => (originalSteps - Math.floor(i * (originalSteps / steps))) * stride - 1,
  );
  const sigmas = [...timesteps.map((t) => table.sigmas[t]!), 0];
  return timesteps.map((timestep, i) => ({ sigma: sigmas[i]!, timestep, next: sigmas[i + 1]! }));
}
