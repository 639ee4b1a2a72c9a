import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DEFAULT_SETTINGS,
  type DrawingSettings,
  nearestSide,
  readSetting,
  type SettingName,
  scheduleOf,
} from "@/lib/drawing/drawing-settings";
import { fromParameters, ONLY_MASKED, toParameters, type UsedFiles } from "@/lib/drawing/picture-parameters";
import { planGeneration } from "@/lib/drawing/plan-generation";
import { withLora } from "@/lib/drawing/prompt-loras";
import { readParameters } from "@/lib/engine/parameters/read-parameters";
import { writeParameters } from "@/lib/engine/parameters/write-parameters";
import { type SamplerName, samplers } from "@/lib/engine/schedulers/registry";

const base: DrawingSettings = { ...DEFAULT_SETTINGS, prompt: "a cat", seed: 7 };
const files: UsedFiles = {
  ...{ model: { name: "photon", hash: "0123456789" }, vae: null, init: null, mask: null },
  ...{ loras: [], embeddings: [], controls: [] },
};
const read = (name: SettingName, text: string) => readSetting[name](base, text);
const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe("a setting's text", () => {
  test("is read into the engine's terms", () => {
    expect(read("size", "640X384")).toMatchObject({ width: 640, height: 384 });
    expect(read("cfg", "0")).toMatchObject({ guidance: 0 });
    expect(read("variation", "7:0.2")).toMatchObject({ variation: { seed: 7, strength: 0.2 } });
    expect(read("cfg-end", "0.6")).toMatchObject({ guidanceEnd: 0.6 });
    expect(read("precision", "int8")).toMatchObject({ precision: "int8" });
    expect(read("noise", "philox")).toMatchObject({ generator: "philox" });
    expect(read("sampler", "DPM++ 2M SDE Karras")).toMatchObject({
      sampler: "dpmpp-2m-sde",
      schedule: "karras",
    });
    expect(read("sampler", "euler-a")).toEqual({ ...base, sampler: "euler-a" });
    expect(read("schedule", "SGM Uniform")).toMatchObject({ schedule: "sgm-uniform" });
  });

  test("is refused by name, with what it may be", () => {
    const wrong: [SettingName, string, string][] = [
      ["steps", "0", "1 … 1000"],
      ["steps", "2.5", "1, 2 … 1000"],
      ["cfg", "", "0 … 100"],
      ["strength", "1.01", "0 … 1"],
      ["sampler", "dance", Object.keys(samplers).join(", ")],
      ["schedule", "dance", "normal, karras, exponential, sgm-uniform, automatic"],
      ["convention", "mine", "diffusers, k-diffusion"],
      ["size", "large", "512x512"],
    ];
    for (const [setting, got, expected] of wrong)
      expect(() => read(setting, got)).toThrow(
        expect.objectContaining({ code: "setting_invalid", details: { setting, got, expected } }),
      );
    for (const text of ["7", "7:2", "x:0.5", "7:0.5:1"])
      expect(() => read("variation", text)).toThrow(code("setting_invalid"));
  });

  test("a size between the steps is refused with the nearest that is not", () => {
    expect(() => read("size", "500x513")).toThrow(
      expect.objectContaining({
        code: "size_invalid",
        details: expect.objectContaining({ nearest: "504x512" }),
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), (pixels) => {
        const side = nearestSide(pixels);
        expect([side % 8, side >= 8, side <= 4096]).toEqual([0, true, true]);
        if (pixels >= 8 && pixels <= 4096) expect(Math.abs(side - pixels)).toBeLessThanOrEqual(4);
      }),
    );
  });

  test("every sampler has a schedule when none is named", () => {
    for (const sampler of Object.keys(samplers) as SamplerName[])
      expect(samplers[sampler].schedules).toContain(scheduleOf({ sampler, schedule: "automatic" }));
    expect(scheduleOf({ sampler: "dpmpp-2m", schedule: "automatic" })).toBe("karras");
    expect(() => scheduleOf({ sampler: "lcm", schedule: "karras" })).toThrow(code("setting_invalid"));
  });
});

const seed = fc.integer({ min: 0, max: 2 ** 40 });
const settings: fc.Arbitrary<DrawingSettings> = fc
  .record({
    prompt: fc.constantFrom("a cat", "a (cat:1.2), [dog]\nin a hat <lora:ink:0.5>", "猫 BREAK Łódź"),
    negativePrompt: fc.constantFrom("", 'blurry, ugly: "dark"'),
    steps: fc.integer({ min: 1, max: 150 }),
    sampler: fc.constantFrom(...(Object.keys(samplers) as SamplerName[])),
    convention: fc.constantFrom("diffusers", "k-diffusion"),
    guidance: fc.double({ min: 0, max: 30, noNaN: true }),
    guidanceEnd: fc.double({ min: 0, max: 1, noNaN: true }),
    precision: fc.constantFrom("float32", "int8"),
    seed,
    width: fc.integer({ min: 1, max: 512 }).map((n) => n * 8),
    height: fc.integer({ min: 1, max: 512 }).map((n) => n * 8),
    strength: fc.double({ min: 0, max: 1, noNaN: true }),
    clipSkip: fc.integer({ min: 1, max: 12 }),
    variation: fc.option(fc.record({ seed, strength: fc.double({ min: 0.01, max: 1, noNaN: true }) })),
    generator: fc.constantFrom("torch-cpu", "philox"),
    hires: fc.option(
      fc.record({
        times: fc.double({ min: 1.5, max: 4, noNaN: true }),
        strength: fc.double({ min: 0, max: 1, noNaN: true }),
        steps: fc.option(fc.integer({ min: 1, max: 100 })),
        upscaler: fc.constantFrom(null, "4x-fine, v2"),
      }),
    ),
  })
  .chain((drawn) =>
    fc.constantFrom(...samplers[drawn.sampler].schedules).map((schedule) => ({ ...drawn, schedule })),
  ) as fc.Arbitrary<DrawingSettings>;

describe("a picture's text", () => {
  const throughText = (drawn: DrawingSettings, used: UsedFiles) =>
    fromParameters(readParameters(writeParameters(toParameters(drawn, used))));

  test("restores every setting", () => {
    fc.assert(
      fc.property(settings, fc.boolean(), (drawn, withPicture) => {
        const used = withPicture ? { ...files, init: "photo" } : files;
        const { strength, ...others } = drawn;
        const restored = throughText(drawn, used);
        expect(restored.settings).toEqual(withPicture ? drawn : others);
        expect(restored).toMatchObject({ unknown: [], model: { name: "photon", hash: "0123456789" } });
      }),
    );
  });

  test("names the files, and the pictures that it cannot bring along", () => {
    const control = { annotator: "canny", weight: 0.8, from: 0, to: 0.5, guess: false };
    const restored = throughText(base, {
      ...files,
      vae: { name: "ft-mse, v2", hash: "abc" },
      embeddings: [
        { name: "ugly", hash: "1" },
        { name: "dark", hash: "2" },
      ],
      ...{ init: "photo, at sea", mask: "m" },
      controls: [{ ...control, model: { name: "lines", hash: "0123456789" } }],
    });
    expect(restored).toMatchObject({
      ...{ vae: "ft-mse, v2", embeddings: ["ugly", "dark"] },
      pictures: [
        { option: "init", was: "photo, at sea" },
        { option: "mask", was: "m" },
        {
          option: "control",
          was: expect.stringMatching(/^Module: canny, Model: lines \[01234567\], Weight: 0.8, .*/),
        },
      ],
    });
  });

  test("tells whether only what was painted was drawn", () => {
    const masked = { ...files, init: "photo", mask: "m" };
    const areaOf = (used: UsedFiles, more: readonly (readonly [string, string])[] = []) =>
      fromParameters(readParameters(writeParameters(toParameters(base, used, more)))).inpaintArea;
    expect(areaOf(files)).toBeNull();
    expect(areaOf(masked)).toBe("whole");
    expect(areaOf(masked, [ONLY_MASKED])).toBe("masked");
    expect(areaOf(files, [["Inpaint area", "Only masked"]])).toBe("masked");
  });

  test("of A1111 is read as A1111 means it", () => {
    const text = [
      "a cat",
      "Steps: 30, Sampler: DPM++ 2M Karras, CFG scale: 5, Seed: 9, Size: 512x768, Model hash: abcd, Model: photon, Clip skip: 2",
    ].join("\n");
    expect(fromParameters(readParameters(text)).settings).toEqual({
      ...{ prompt: "a cat", negativePrompt: "", steps: 30, sampler: "dpmpp-2m", schedule: "karras" },
      ...{
        guidance: 5,
        guidanceEnd: 1,
        precision: "float32",
        seed: 9,
        width: 512,
        height: 768,
        clipSkip: 2,
        variation: null,
        hires: null,
      },
      ...{ generator: "philox", convention: "k-diffusion" },
    });
    const foreign = fromParameters(readParameters(text.replace("DPM++ 2M Karras", "Restart")));
    expect(foreign.unknown).toEqual([{ setting: "sampler", got: "Restart" }]);
    expect(foreign.settings).not.toHaveProperty("sampler");
  });
});

describe("networks of a prompt", () => {
  test("a LoRA is added once, or changed where it stands", () => {
    expect(withLora("", "ink", "1")).toBe("<lora:ink:1>");
    expect(withLora("a cat", "ink", "0.5")).toBe("a cat <lora:ink:0.5>");
    expect(withLora("a <lora:ink> b <lyco:ink:2:3> c <lora:inky:1>", "ink", "0.5")).toBe(
      "a <lora:ink:0.5> b  c <lora:inky:1>",
    );
  });

  test("they leave the prompt, and their files go with it", async () => {
    const drawn = {
      ...base,
      prompt: "a cat <lora:ink:0.5:0.25>",
      clipSkip: 2,
      schedule: "automatic" as const,
    };
    const plan = await planGeneration(drawn, { model: "/m" }, async (name) => `/loras/${name}`);
    expect(plan).toMatchObject({
      ...{ prompt: "a cat ", clipSkip: 1, schedule: "karras", model: "/m" },
      loras: [{ path: "/loras/ink", textEncoderWeight: 0.5, unetWeight: 0.25 }],
    });
    expect(plan).not.toHaveProperty("variation");
    expect(plan).not.toHaveProperty("init");
  });
});
