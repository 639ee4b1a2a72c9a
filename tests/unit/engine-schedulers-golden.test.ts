import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { brownianNoise } from "@/lib/engine/noise/brownian";
import { gaussianNoise, type NoiseSampler } from "@/lib/engine/noise/noise-source";
import { torchCpuNoise } from "@/lib/engine/noise/torch-cpu";
import { combine } from "@/lib/engine/schedulers/arithmetic";
import { alphaBars } from "@/lib/engine/schedulers/betas";
import { diffusersSchedule } from "@/lib/engine/schedulers/diffusers-schedule";
import { modelInput, toDenoised } from "@/lib/engine/schedulers/prediction";
import {
  type Convention,
  makeSchedule,
  type SamplerName,
  type ScheduleName,
  samplers,
} from "@/lib/engine/schedulers/registry";
import type { Denoise } from "@/lib/engine/schedulers/sampler";
import { addNoise, type Schedule, signalRate, startAt } from "@/lib/engine/schedulers/schedule";
import { parseSchedulerConfig, type TimestepSpacing } from "@/lib/engine/schedulers/scheduler-config";
import { type Tensor, tensor } from "@/lib/engine/tensor";

type Config = Record<string, string | number | boolean>;
interface Case {
  convention: Convention;
  sampler: SamplerName;
  config: Config;
  schedule: ScheduleName;
  steps: number;
  eta?: number;
  strength?: number;
  brownian?: boolean;
  start: number[];
  /** The latent after each step. */
  path: number[][];
  sigmas?: number[];
  timesteps: number[];
}
interface Golden {
  shape: number[];
  seed: number;
  startSeed: number;
  tables: {
    config: Config;
    arithmetic: "float32" | "float64";
    every: number;
    values: number[];
    last: number;
    sum: number;
  }[];
  spacings: {
    family: "ddim" | "multistep" | "lcm";
    spacing: TimestepSpacing;
    from: number;
    sums: number[];
  }[];
  cases: Case[];
}

const golden: Golden = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../golden/schedulers/golden.json"), "utf8"),
);
const { shape, seed } = golden;

/** The model both sides know: double inside, float32 in and out. */
const toy = (input: Tensor, timestep: number): Tensor =>
  tensor(
    shape,
    input.data.map((x) => 0.7 * x + 0.3 * Math.tanh(2 * x) + 0.05 * Math.sin(0.01 * timestep)),
  );

const denoiser =
  (config: Config): Denoise =>
  async (x, { sigma, timestep }) =>
    toDenoised(parseSchedulerConfig(config).predictionType, x, toy(modelInput(x, sigma), timestep), sigma);

/** The scale in which the reference keeps a latent at a level. */
function referenceScale({ convention, sampler }: Case): (sigma: number) => number {
  const preservesVariance = convention === "diffusers" && samplers[sampler].family !== "euler";
  return preservesVariance ? signalRate : () => 1;
}

function noiseOf({ brownian }: Case, { steps }: Schedule): NoiseSampler {
  if (!brownian) return gaussianNoise(torchCpuNoise(seed), shape);
  const range = { sigmaMin: steps.at(-1)!.sigma, sigmaMax: steps[0]!.sigma };
  return brownianNoise({ generator: torchCpuNoise, seeds: [seed], shape: shape.slice(1), ...range });
}

/**
 * A Brownian path tells levels apart in their seventh digit, and torch's square root is off by one in the last place
 * on some machines: there the samplers walk the reference's own levels.
 */
function scheduleOf(of: Case): Schedule {
  const own = makeSchedule(parseSchedulerConfig(of.config), of);
  if (!of.brownian || !of.sigmas) return own;
  const levels = of.sigmas.map(Math.fround);
  return {
    ...own,
    steps: own.steps.map((step, i) => ({ ...step, sigma: levels[i]!, next: levels[i + 1]! })),
  };
}

/** Walks a case: the latents after each step and the start, all in the reference's scale. */
async function walk(of: Case): Promise<{ start: Tensor; path: Tensor[] }> {
  const whole = scheduleOf(of);
  const schedule = of.strength === undefined ? whole : startAt(whole, of.strength, "diffusers");
  const noise = torchCpuNoise(golden.startSeed).randn(shape);
  const picture = tensor(
    shape,
    noise.data.map((_, i) => -1 + (2 * i) / (noise.data.length - 1)),
  );
  const { sigma } = schedule.steps[0]!;
  const start =
    of.strength === undefined ? combine([schedule.initNoiseScale, noise]) : addNoise(picture, noise, sigma);
  const run = samplers[of.sampler].sample(denoiser(of.config), start, schedule, noiseOf(of, whole), {
    eta: of.eta,
  });
  const scale = referenceScale(of);
  const walked: Tensor[] = [];
  for (;;) {
    const at = await run.next();
    if (at.done) return { start: combine([scale(sigma), start]), path: [...walked.slice(0, -1), at.value] };
    walked.push(combine([scale(at.value.next), at.value.x]));
  }
}

/** Largest difference, relative to the reference's largest value. */
function relativeError(got: Tensor, expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - got.data[i]!))) / scale;
}

function title({ convention, sampler, schedule, steps, config, eta, strength, brownian }: Case): string {
  const details = {
    prediction: config.prediction_type,
    spacing: config.timestep_spacing,
    betas: config.beta_schedule === "scaled_linear" ? undefined : config.beta_schedule,
    zeroSnr: config.rescale_betas_zero_snr,
    alphaOne: config.set_alpha_to_one,
    eta,
    strength,
    brownian,
  };
  return `${convention} ${sampler} ${schedule} ${steps} ${JSON.stringify(details)}`;
}

test("Brownian noise is drawn where the references draw it", () => {
  const drawn = (sampler: SamplerName, convention: Convention) =>
    golden.cases.some((of) => of.sampler === sampler && of.convention === convention && of.brownian);
  for (const name of Object.keys(samplers) as SamplerName[])
    for (const convention of ["diffusers", "k-diffusion"] as const)
      expect(samplers[name].brownian.includes(convention)).toBe(drawn(name, convention));
});

describe("ᾱ", () => {
  test.each(golden.tables)(
    "$config.beta_schedule, $arithmetic, zero SNR $config.rescale_betas_zero_snr",
    (table) => {
      const bars = alphaBars(parseSchedulerConfig(table.config), table.arithmetic);
      const got = bars.filter((_, t) => t % table.every === 0);
      const sum = bars.reduce((all, bar) => all + bar, 0);
      expect(bars.at(-1)).toBe(table.last);
      if (table.config.rescale_betas_zero_snr) {
        // torch's square root, one in the last place off on some machines, goes into these.
        got.forEach((bar, i) => {
          expect(Math.abs(bar / table.values[i]! - 1)).toBeLessThan(5e-7);
        });
        expect(sum).toBeCloseTo(table.sum, 4);
      } else {
        expect(got).toEqual(Float32Array.from(table.values));
        expect(sum).toBeCloseTo(table.sum, 9);
      }
    },
  );
});

describe("whole timesteps of 2 to 200 steps", () => {
  test.each(golden.spacings)("$family, $spacing", ({ family, spacing, from, sums }) => {
    const config = parseSchedulerConfig({ steps_offset: 0 });
    const got = sums.map((_, i) =>
      diffusersSchedule(config, { family, spacing, steps: from + i, curve: "timesteps" }).steps.reduce(
        (sum, { timestep }, at) => sum + (at + 1) * timestep,
        0,
      ),
    );
    expect(got).toEqual(sums);
  });
});

describe.each(golden.cases.map((of) => ({ name: title(of), of })))("$name", ({ of }) => {
  test("levels and timesteps, 1e-6", () => {
    const { steps } = makeSchedule(parseSchedulerConfig(of.config), of);
    expect(steps.length).toBe(of.timesteps.length);
    of.timesteps.forEach((expected, i) => {
      expect(Math.abs(steps[i]!.timestep - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, expected));
    });
    of.sigmas?.forEach((expected, i) => {
      const got = i === 0 ? steps[0]!.sigma : steps[i - 1]!.next;
      expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-6 * expected);
    });
  });

  test("every step of the way, 1e-6 of its scale", async () => {
    // From a start at σ = 4096 the last latents are differences of numbers thousands of times their size.
    const bound = of.config.rescale_betas_zero_snr ? 1e-4 : 1e-6;
    const { start, path: walked } = await walk(of);
    expect(relativeError(start, of.start)).toBeLessThanOrEqual(bound);
    expect(walked.length).toBe(of.path.length);
    const errors = of.path.map((expected, i) => relativeError(walked[i]!, expected));
    expect(Math.max(...errors)).toBeLessThanOrEqual(bound);
  });
});
