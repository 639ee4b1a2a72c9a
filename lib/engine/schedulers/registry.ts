import { EngineError } from "../engine-error";
import { sampleDdim } from "./ddim";
import { type DiffusersFamily, diffusersSchedule } from "./diffusers-schedule";
import { sampleDpmpp2m } from "./dpmpp-2m";
import { sampleDpmpp2mSde } from "./dpmpp-2m-sde";
import { sampleDpmppSde } from "./dpmpp-sde";
import { sampleEuler } from "./euler";
import { sampleEulerAncestral } from "./euler-ancestral";
import { sampleHeun } from "./heun";
import { type KDiffusionCurve, kDiffusionSchedule } from "./k-diffusion-schedule";
import { sampleLcm } from "./lcm";
import type { Sampler } from "./sampler";
import type { Schedule } from "./schedule";
import type { SchedulerConfig } from "./scheduler-config";
import { sampleUniPc } from "./unipc";

export type SamplerName =
  | "euler"
  | "euler-a"
  | "heun"
  | "dpmpp-2m"
  | "dpmpp-2m-sde"
  | "dpmpp-sde"
  | "unipc"
  | "ddim"
  | "lcm";

/** `normal` is what the model's configuration says; the others replace it. */
export type ScheduleName = KDiffusionCurve;

/** Whose numbers are to be reproduced: diffusers', or A1111's and ComfyUI's. */
export type Convention = "diffusers" | "k-diffusion";

export interface SamplerEntry {
  /** Its name in A1111. */
  readonly label: string;
  readonly sample: Sampler;
  readonly schedules: readonly ScheduleName[];
  readonly family: DiffusersFamily;
  /** Calls of the model in a step; the last step of a sampler with 2 makes but one. */
  readonly callsPerStep: 1 | 2;
  /** Draws fresh noise in each step, by default. */
  readonly stochastic: boolean;
  /** Where that noise comes from a Brownian path (`brownianNoise`); elsewhere it is drawn plainly (`gaussianNoise`). */
  readonly brownian: readonly Convention[];
}

const all: readonly ScheduleName[] = ["normal", "karras", "exponential", "sgm-uniform"];
const deterministic = { stochastic: false, brownian: [] } as const;
const stochastic = { stochastic: true, brownian: [] } as const;
const euler = { schedules: all, family: "euler", callsPerStep: 1 } as const;
const multistep = { schedules: all, family: "multistep", callsPerStep: 1 } as const;

export const samplers: Readonly<Record<SamplerName, SamplerEntry>> = {
  euler: { label: "Euler", sample: sampleEuler, ...euler, ...deterministic },
  "euler-a": { label: "Euler a", sample: sampleEulerAncestral, ...euler, ...stochastic },
  heun: { label: "Heun", sample: sampleHeun, ...euler, callsPerStep: 2, ...deterministic },
  "dpmpp-2m": { label: "DPM++ 2M", sample: sampleDpmpp2m, ...multistep, ...deterministic },
  "dpmpp-2m-sde": {
    label: "DPM++ 2M SDE",
    sample: sampleDpmpp2mSde,
    ...multistep,
    stochastic: true,
    brownian: ["k-diffusion"],
  },
  "dpmpp-sde": {
    label: "DPM++ SDE",
    sample: sampleDpmppSde,
    ...euler,
    callsPerStep: 2,
    stochastic: true,
    brownian: ["diffusers", "k-diffusion"],
  },
  unipc: { label: "UniPC", sample: sampleUniPc, ...multistep, ...deterministic },
  ddim: {
    label: "DDIM",
    sample: sampleDdim,
    schedules: ["normal", "sgm-uniform"],
    family: "ddim",
    callsPerStep: 1,
    ...deterministic,
  },
  lcm: {
    label: "LCM",
    sample: sampleLcm,
    schedules: ["normal"],
    family: "lcm",
    callsPerStep: 1,
    ...stochastic,
  },
};

export interface ScheduleChoice {
  readonly sampler: SamplerName;
  readonly schedule: ScheduleName;
  readonly steps: number;
  readonly convention: Convention;
}

/**
 * The noise levels for a sampler. UniPC, DDIM and LCM are diffusers' in both conventions: k-diffusion has none.
 * @throws EngineError setting_invalid for a schedule the sampler does not have and for too many steps or none.
 */
export function makeSchedule(config: SchedulerConfig, choice: ScheduleChoice): Schedule {
  const { sampler, schedule: name, steps, convention } = choice;
  const { label, family, schedules } = samplers[sampler];
  if (!schedules.includes(name))
    throw new EngineError(
      "setting_invalid",
      `${label} has no ${name} schedule, but ${schedules.join(", ")}`,
      {
        setting: "schedule",
        got: name,
        sampler,
      },
    );
  const most = family === "lcm" ? config.originalSteps : config.trainSteps;
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= most)) throw wrongSteps(steps, most);

  const inKDiffusion = sampler !== "unipc" && family !== "ddim" && family !== "lcm";
  const made =
    convention === "k-diffusion" && inKDiffusion
      ? kDiffusionSchedule(config, name, steps)
      : diffusersSchedule(config, {
          family,
          steps,
          spacing: name === "sgm-uniform" ? "trailing" : (config.timestepSpacing ?? customSpacing[family]),
          curve: name === "karras" || name === "exponential" ? name : "timesteps",
        });
  // So many steps that the offset leads past the end, or that two fall on one level, where the solvers would divide by
  // nothing; DDIM just stands still there.
  const past = made.steps[0]!.timestep >= config.trainSteps;
  const standing = family !== "ddim" && made.steps.some(({ sigma, next }) => !(sigma > next));
  if (past || standing) throw wrongSteps(steps, most);
  return made;
}

/** What diffusers' schedulers take where the configuration does not say. */
const customSpacing = { euler: "linspace", multistep: "linspace", ddim: "leading", lcm: "leading" } as const;

function wrongSteps(got: number, most: number): EngineError {
  return new EngineError(
    "setting_invalid",
    `${got} steps: not a whole number from 1 to ${most} that the schedule holds`,
    {
      setting: "steps",
      got,
      most,
    },
  );
}
