import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Picture } from "@/lib/engine/picture";
import { type Diffusion, type DrawRequest, openDiffusion } from "@/lib/engine/pipelines/diffusion";
import { testDevice } from "../support/engine-device";
import { readPipelineGolden, writeTinyControlNet, writeTinyDiffusion } from "../support/tiny-diffusion";
import { boxMask, psnr, smoothPicture } from "../support/tiny-pictures";

const golden = await readPipelineGolden();
const { size } = golden;
let folder = "";
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "mosaiq-pipelines-"));
  await writeTinyDiffusion(at("base"));
  await writeTinyDiffusion(at("velocity"), { scheduler: { prediction_type: "v_prediction" } });
  await writeTinyDiffusion(at("inpaint"), { unet: "unet-inpaint" });
  await writeTinyDiffusion(at("lcm"), { unet: "unet-lcm" });
  await writeTinyControlNet(at("control-a"), "control-a:");
  await writeTinyControlNet(at("control-b"), "control-b:");
});
const opened = new Map<string, Promise<Diffusion>>();
/** Opened once, as people use it. */
const open = (model = "base", nets: readonly string[] = []): Promise<Diffusion> => {
  const key = [model, ...nets].join();
  const known =
    opened.get(key) ?? openDiffusion(at(model), { device: testDevice, controlNets: nets.map(at) });
  opened.set(key, known);
  return known;
};
afterAll(async () => {
  for (const diffusion of opened.values()) await (await diffusion).release();
  await rm(folder, { recursive: true, force: true });
});

const request: DrawRequest = {
  prompt: golden.prompt,
  negativePrompt: golden.negative,
  ...{ width: size, height: size, steps: 6, guidance: 7.5 },
  ...{ sampler: "euler", schedule: "normal", convention: "diffusers" },
  seeds: { seed: 42, count: 1 },
  generator: "torch-cpu",
};

const smooth = (name: string) => smoothPicture(name, size);
const mask = () => boxMask(size);

const control = (net: number, hint: string, weight: number, from = 0, to = 1, guess = false) => ({
  ...{ net, picture: smooth(hint), weight, from, to, guess },
});

interface Case {
  readonly model?: string;
  readonly nets?: readonly string[];
  readonly change?: () => Partial<DrawRequest>;
}

const cases: Record<string, Case> = {
  euler: {},
  "euler-a": { change: () => ({ sampler: "euler-a", steps: 5 }) },
  "dpmpp-2m-karras": { change: () => ({ sampler: "dpmpp-2m", schedule: "karras" }) },
  "v-prediction": { model: "velocity", change: () => ({ sampler: "ddim", steps: 5 }) },
  "no-guidance": { change: () => ({ guidance: 1, steps: 4 }) },
  "clip-skip": { change: () => ({ clipSkip: 1, guidance: 1, steps: 4 }) },
  img2img: {
    change: () => ({ sampler: "ddim", steps: 8, init: { picture: smooth("init"), strength: 0.6 } }),
  },
  inpaint: { change: () => ({ steps: 8, init: { picture: smooth("init"), strength: 0.75 }, mask: mask() }) },
  "inpaint-model": {
    model: "inpaint",
    change: () => ({ init: { picture: smooth("init"), strength: 1 }, mask: mask() }),
  },
  control: { nets: ["control-a"], change: () => ({ controls: [control(0, "hint-a", 0.8, 0, 0.7)] }) },
  "control-guess": {
    nets: ["control-a"],
    change: () => ({ steps: 5, controls: [control(0, "hint-a", 0.9, 0, 1, true)] }),
  },
  "two-controls": {
    nets: ["control-a", "control-b"],
    change: () => ({ controls: [control(0, "hint-a", 0.5), control(1, "hint-b", 1.2, 0.3)] }),
  },
  lcm: { model: "lcm", change: () => ({ sampler: "lcm", steps: 4 }) },
};

test("every golden has its case", () => {
  expect(Object.keys(cases)).toEqual(Object.keys(golden.cases));
});

test.each(Object.keys(cases))("%s draws the reference's picture, 50 dB and more", async (name) => {
  const { model, nets, change = () => ({}) } = cases[name]!;
  const diffusion = await open(model, nets);
  const [drawn] = await diffusion.draw({ ...request, ...change() });
  const wanted = Buffer.from(golden.cases[name]!.picture, "base64");
  expect([drawn!.width, drawn!.height]).toEqual([size, size]);
  expect(psnr(drawn!.data, wanted)).toBeGreaterThan(50);
});

test.each(["F16", "BF16"] as const)("weights in %s draw nearly the same picture", async (dtype) => {
  await writeTinyDiffusion(at(dtype), { dtype });
  const [drawn] = await (await open(dtype)).draw(request);
  const wanted = Buffer.from(golden.cases.euler!.picture, "base64");
  // BF16 keeps three bits less of each weight.
  expect(psnr(drawn!.data, wanted)).toBeGreaterThan(dtype === "F16" ? 40 : 25);
});

test("8-bit weights draw nearly the same picture, and another one than float32's", async () => {
  const rounded = await openDiffusion(at("base"), { device: { ...testDevice, precision: "int8" } });
  onTestFinished(rounded.release);
  const [drawn] = await rounded.draw(request);
  const wanted = Buffer.from(golden.cases.euler!.picture, "base64");
  expect(psnr(drawn!.data, wanted)).toBeGreaterThan(35);
  expect(psnr(drawn!.data, wanted)).toBeLessThan(60);
});

test("guidance ends where it is told to", async () => {
  const diffusion = await open();
  const draw = async (change: Partial<DrawRequest>) =>
    Buffer.from((await diffusion.draw({ ...request, ...change }))[0]!.data);
  const [none, all, half] = [await draw({ guidance: 1 }), await draw({}), await draw({ guidanceEnd: 0.5 })];
  expect(await draw({ guidanceEnd: 0 })).toEqual(none);
  expect(await draw({ guidanceEnd: 1 })).toEqual(all);
  // The half that comes first decides more.
  expect(psnr(half, all)).toBeGreaterThan(psnr(none, all) + 3);
  expect(half).not.toEqual(all);
});

test("each picture of a batch is what its seed draws alone", async () => {
  const diffusion = await open();
  const both = await diffusion.draw({ ...request, steps: 3, seeds: { seed: 7, count: 2 } });
  const alone = await diffusion.draw({ ...request, steps: 3, seeds: { seed: 8, count: 1 } });
  expect(both).toHaveLength(2);
  expect(psnr(both[1]!.data, alone[0]!.data)).toBeGreaterThan(60);
  expect(psnr(both[0]!.data, alone[0]!.data)).toBeLessThan(40);
});

test("stops within a step when it is told to", async () => {
  const diffusion = await open();
  const controller = new AbortController();
  const seen: number[] = [];
  const drawing = diffusion.draw(request, {
    signal: controller.signal,
    onStep: ({ index }) => {
      seen.push(index);
      if (index === 1) controller.abort(new Error("enough"));
    },
  });
  await expect(drawing).rejects.toThrow("enough");
  expect(seen).toEqual([0, 1]);
  expect(await diffusion.draw({ ...request, steps: 2 })).toHaveLength(1);
});

test("previews come closer to the picture", async () => {
  const diffusion = await open();
  const previews: Picture[] = [];
  const [drawn] = await diffusion.draw(request, {
    onStep: async ({ preview }) => void previews.push((await preview())[0]!),
  });
  const distances = previews.map(({ data }) => psnr(data, drawn!.data));
  expect(distances).toHaveLength(request.steps);
  expect(distances.at(-1)).toBeGreaterThan(distances[0]!);
});

test("a size that is no multiple of eight is refused before anything is drawn", async () => {
  const diffusion = await open();
  await expect(diffusion.draw({ ...request, width: 100 })).rejects.toMatchObject({
    code: "size_invalid",
    details: { got: 100, expected: 8 },
  });
});
