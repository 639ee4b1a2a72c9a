import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gaussianNoise } from "@/lib/engine/noise/noise-source";
import { torchCpuNoise } from "@/lib/engine/noise/torch-cpu";
import { a1111Names, fromA1111Names } from "@/lib/engine/schedulers/a1111-names";
import { combine, linspace, roundHalfEven } from "@/lib/engine/schedulers/arithmetic";
import { modelInput, toDenoised } from "@/lib/engine/schedulers/prediction";
import {
  type Convention,
  makeSchedule,
  type SamplerName,
  type ScheduleName,
  samplers,
} from "@/lib/engine/schedulers/registry";
import type { Denoise, SamplerStep } from "@/lib/engine/schedulers/sampler";
import { addNoise, type Schedule, startAt } from "@/lib/engine/schedulers/schedule";
import { parseSchedulerConfig, stableDiffusion1 } from "@/lib/engine/schedulers/scheduler-config";
import { sigmaTable, sigmaToTimestep } from "@/lib/engine/schedulers/sigma-table";
import { type Tensor, tensor } from "@/lib/engine/tensor";

const names = Object.keys(samplers) as SamplerName[];
const conventions: Convention[] = ["diffusers", "k-diffusion"];
const combinations = names.flatMap((sampler) =>
  samplers[sampler].schedules.flatMap((schedule) =>
    conventions.map((convention) => ({ sampler, schedule, convention })),
  ),
);
const shape = [1, 4, 2, 2];
const noise = () => gaussianNoise(torchCpuNoise(3), shape);
const invalid = expect.objectContaining({ code: "setting_invalid" });

/** Ends at no noise at all, so that what is left is the picture. */
const config = { ...stableDiffusion1, setAlphaToOne: true };
const picture = tensor(shape, linspace(-1, 1, 16));

async function finish(
  run: AsyncGenerator<SamplerStep, Tensor, Tensor | undefined>,
  each: (step: SamplerStep) => Tensor | undefined = () => undefined,
): Promise<Tensor> {
  let handed: Tensor | undefined;
  for (;;) {
    const at = await run.next(handed);
    if (at.done) return at.value;
    handed = each(at.value);
  }
}

describe.each(combinations)("$sampler, $schedule, $convention", ({ sampler, schedule: name, convention }) => {
  const entry = samplers[sampler];
  const start = (steps: number): { schedule: Schedule; x: Tensor } => {
    const schedule = makeSchedule(config, { sampler, schedule: name, steps, convention });
    return { schedule, x: combine([schedule.initNoiseScale, torchCpuNoise(1).randn(shape)]) };
  };

  // DDIM's strides from the top reach the bottom only where they divide the timesteps, in diffusers too.
  const counts =
    sampler === "ddim" && name === "sgm-uniform"
      ? fc.constantFrom(1, 2, 4, 5, 8, 10, 20, 25, 40)
      : fc.integer({ min: 1, max: 40 });

  test("a model that knows the picture leads to it, from any number of steps", async () => {
    await fc.assert(
      fc.asyncProperty(counts, async (steps) => {
        const { schedule, x } = start(steps);
        const result = await finish(entry.sample(async () => picture, x, schedule, noise()));
        // LCM's answer keeps σ_data / (10·t) of what it was asked with.
        const bound = sampler === "lcm" ? 3e-3 : 1e-5;
        const worst = Math.max(...result.data.map((value, i) => Math.abs(value - picture.data[i]!)));
        expect(worst).toBeLessThan(bound);
      }),
      { numRuns: 8 },
    );
  });

  test("levels fall to 0 and timesteps with them", () => {
    fc.assert(
      fc.property(counts, (steps) => {
        const { schedule } = start(steps);
        expect(schedule.steps.length).toBe(steps);
        expect(schedule.steps.at(-1)!.next).toBe(0);
        schedule.steps.forEach(({ sigma, timestep, next }, i) => {
          const last = schedule.steps[i - 1];
          expect(sigma).toBeGreaterThan(next);
          if (last) expect(timestep).toBeLessThanOrEqual(last.timestep);
          expect(timestep).toBeGreaterThanOrEqual(0);
          expect(timestep).toBeLessThan(1000);
          expect(schedule.timestepOf(sigma)).toBeCloseTo(timestep, -1);
        });
      }),
      { numRuns: 15 },
    );
  });

  test("tells how far it is, and calls the model as often as it says", async () => {
    const { schedule, x } = start(5);
    const asked: number[] = [];
    const model: Denoise = async (at, { index }) => {
      asked.push(index);
      return combine([0.1, at]);
    };
    const seen: SamplerStep[] = [];
    await finish(entry.sample(model, x, schedule, noise()), (step) => {
      seen.push(step);
      return undefined;
    });
    expect(seen.map(({ index, of }) => [index, of])).toEqual([0, 1, 2, 3, 4].map((i) => [i, 5]));
    expect(seen.map(({ next }) => next)).toEqual(schedule.steps.map(({ next }) => next));
    expect(asked.length).toBe(entry.callsPerStep === 2 ? 9 : 5);
  });

  test("goes on from the latent it is handed back", async () => {
    const { schedule, x } = start(4);
    const inputs: Tensor[] = [];
    const model: Denoise = async (at) => {
      inputs.push(at);
      return combine([0.1, at]);
    };
    const other = tensor(shape, new Float32Array(16).fill(2));
    const after: Tensor[] = [];
    const result = await finish(entry.sample(model, x, schedule, noise()), () => {
      after.push(inputs.at(-1)!);
      return other;
    });
    // The first call of each later step sees the latent handed back, but for DDIM's change of level.
    const asked = inputs[entry.callsPerStep]!;
    expect(asked.data[0]! / asked.data[15]!).toBeCloseTo(1, 6);
    expect(asked.data[0]).toBeCloseTo(2, 1);
    expect(result).toEqual(other);
  });

  test(entry.stochastic ? "draws noise" : "draws no noise", async () => {
    const { schedule, x } = start(4);
    let draws = 0;
    const counted = () => {
      draws++;
      return torchCpuNoise(1).randn(shape);
    };
    await finish(entry.sample(async (at) => combine([0.1, at]), x, schedule, counted));
    expect(draws).toBe(entry.stochastic ? 3 * entry.callsPerStep : 0);
  });
});

describe("schedules", () => {
  const choice = { sampler: "euler", schedule: "normal", convention: "diffusers" } as const;

  test("steps that make no schedule are refused", () => {
    for (const steps of [0, -1, 2.5, Number.NaN, 1001, Number.POSITIVE_INFINITY])
      expect(() => makeSchedule(config, { ...choice, steps })).toThrow(invalid);
    expect(() => makeSchedule(config, { ...choice, sampler: "lcm", steps: 51 })).toThrow(invalid);
    // The offset leads past the last timestep.
    expect(() => makeSchedule(config, { ...choice, sampler: "ddim", steps: 1000 })).toThrow(invalid);
    // Two timesteps on one level.
    expect(() => makeSchedule(config, { ...choice, sampler: "unipc", steps: 1000 })).toThrow(invalid);
  });

  test("a schedule the sampler does not have is refused", () => {
    for (const [sampler, schedule] of [
      ["ddim", "karras"],
      ["lcm", "exponential"],
    ] as const)
      expect(() => makeSchedule(config, { ...choice, sampler, schedule, steps: 4 })).toThrow(invalid);
  });

  test("the configuration's spacing is taken, and else the sampler's custom", () => {
    const first = (settings: typeof config, sampler: SamplerName) =>
      makeSchedule(settings, { ...choice, sampler, steps: 10 }).steps[0]!.timestep;
    expect(first(config, "euler")).toBe(999);
    expect(first(config, "ddim")).toBe(901);
    expect(first({ ...config, timestepSpacing: "leading" }, "euler")).toBe(901);
    expect(first({ ...config, timestepSpacing: "trailing" }, "ddim")).toBe(999);
  });

  test("one linspace step starts at the top", () => {
    expect(makeSchedule(config, { ...choice, steps: 1 }).steps[0]!.timestep).toBe(999);
  });

  test.each([
    ["diffusers", 20, 0.5, 10],
    ["diffusers", 20, 1, 20],
    ["diffusers", 7, 0.3, 2],
    ["a1111", 20, 0.5, 11],
    ["a1111", 20, 1, 20],
    ["a1111", 20, 0, 1],
  ] as const)("%s: of %i steps a strength of %d leaves %i", (convention, steps, strength, left) => {
    const whole = makeSchedule(config, { ...choice, steps });
    expect(startAt(whole, strength, convention).steps).toEqual(whole.steps.slice(steps - left));
  });

  test("a strength that leaves nothing to do, or is none, is refused", () => {
    const whole = makeSchedule(config, { ...choice, steps: 4 });
    for (const strength of [0.2, -1, 1.5, Number.NaN])
      expect(() => startAt(whole, strength, "diffusers")).toThrow(invalid);
    for (const strength of [-1, 1.5, Number.NaN])
      expect(() => startAt(whole, strength, "a1111")).toThrow(invalid);
  });

  test("timesteps of levels lie between those of their neighbours", () => {
    const table = sigmaTable(Float32Array.of(0.99, 0.9, 0.5, 0.1));
    table.sigmas.forEach((sigma, t) => {
      expect(sigmaToTimestep(table, sigma)).toBeCloseTo(t, 5);
    });
    expect(sigmaToTimestep(table, Math.sqrt(table.sigmas[1]! * table.sigmas[2]!))).toBeCloseTo(1.5, 5);
    expect([0, 1e-9, 1e9].map((sigma) => sigmaToTimestep(table, sigma))).toEqual([0, 0, 3]);
  });
});

describe("predictions", () => {
  test("each type's perfect output gives the clean latent back", () => {
    const drawn = torchCpuNoise(5).randn(shape);
    for (const sigma of [0.03, 1, 14.6]) {
      const x = addNoise(picture, drawn, sigma);
      const alpha = 1 / Math.sqrt(1 + sigma ** 2);
      const outputs = {
        epsilon: drawn,
        v_prediction: combine([alpha, drawn], [-alpha * sigma, picture]),
        sample: picture,
      };
      for (const type of ["epsilon", "v_prediction", "sample"] as const)
        toDenoised(type, x, outputs[type], sigma).data.forEach((value, i) => {
          expect(value).toBeCloseTo(picture.data[i]!, 4);
        });
      expect(modelInput(x, sigma).data[3]).toBeCloseTo(x.data[3]! * alpha, 6);
    }
  });
});

describe("arithmetic", () => {
  test("a weight of 0 drops its term, infinities and all", () => {
    const infinite = tensor([1], [Number.POSITIVE_INFINITY]);
    expect(combine([1, tensor([1], [2])], [0, infinite]).data[0]).toBe(2);
  });

  test("terms of different shapes are refused", () => {
    expect(() => combine([1, tensor([2], [1, 2])], [1, tensor([1, 2], [1, 2])])).toThrow(
      expect.objectContaining({ code: "shape_mismatch" }),
    );
  });

  test("halves go to the even number", () => {
    expect([0.5, 1.5, 2.5, 2.4, 2.6].map(roundHalfEven)).toEqual([0, 2, 2, 2, 3]);
  });
});

describe("scheduler_config.json", () => {
  test("of Stable Diffusion 2.1 (v) is read; nothing is Stable Diffusion 1", () => {
    const read = parseSchedulerConfig({
      _class_name: "DDIMScheduler",
      beta_end: 0.012,
      beta_schedule: "scaled_linear",
      beta_start: 0.00085,
      clip_sample: false,
      num_train_timesteps: 1000,
      prediction_type: "v_prediction",
      set_alpha_to_one: false,
      steps_offset: 1,
      timestep_spacing: "leading",
      trained_betas: null,
    });
    expect(read).toEqual({ ...stableDiffusion1, predictionType: "v_prediction", timestepSpacing: "leading" });
    expect(parseSchedulerConfig({})).toEqual(stableDiffusion1);
  });

  test.each([
    ["beta_schedule", "sigmoid"],
    ["prediction_type", "flow"],
    ["timestep_spacing", 3],
    ["num_train_timesteps", 0],
    ["num_train_timesteps", 1e9],
    ["beta_start", "0.1"],
    ["beta_end", 1],
    ["steps_offset", -1],
    ["set_alpha_to_one", "yes"],
    ["original_inference_steps", 0.5],
  ])("%s: %j is refused by name", (field, value) => {
    expect(() => parseSchedulerConfig({ [field]: value })).toThrow(
      expect.objectContaining({
        code: "setting_invalid",
        details: expect.objectContaining({ setting: field }),
      }),
    );
  });

  test("what is not an object is refused", () => {
    for (const json of [null, [], "euler", 3]) expect(() => parseSchedulerConfig(json)).toThrow(invalid);
  });
});

describe("A1111's names", () => {
  test.each(combinations)(
    "$sampler, $schedule there and back, old style and new",
    ({ sampler, schedule }) => {
      const label = a1111Names(sampler, schedule);
      expect(fromA1111Names(label.sampler, label.schedule)).toEqual({ sampler, schedule });
      expect(fromA1111Names(`${label.sampler} ${label.schedule}`)).toEqual({ sampler, schedule });
    },
  );

  test.each<[string, string | undefined, SamplerName, ScheduleName]>([
    ["DPM++ 2M Karras", undefined, "dpmpp-2m", "karras"],
    ["DPM++ 2M SDE Exponential", undefined, "dpmpp-2m-sde", "exponential"],
    ["DPM++ 2M", "Karras", "dpmpp-2m", "karras"],
    ["DPM++ 2M SDE", "Automatic", "dpmpp-2m-sde", "exponential"],
    ["Euler", "Automatic", "euler", "normal"],
    ["Euler a", undefined, "euler-a", "normal"],
    ["euler_ancestral", "normal", "euler-a", "normal"],
    [" UniPC ", undefined, "unipc", "normal"],
  ])("%s, %s", (sampler, schedule, ...[name, curve]) => {
    expect(fromA1111Names(sampler, schedule)).toEqual({ sampler: name, schedule: curve });
  });

  test("others are not guessed at", () => {
    for (const text of ["", "PLMS", "DPM++ 3M SDE Karras", "DDIM Karras", "constructor", "Karras"])
      expect(fromA1111Names(text)).toBeUndefined();
    expect(fromA1111Names("Euler", "Beta")).toBeUndefined();
    expect(fromA1111Names("DDIM", "Karras")).toBeUndefined();
  });
});
