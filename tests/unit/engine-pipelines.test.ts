import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Picture, picture } from "@/lib/engine/picture";
import { type Diffusion, type DrawRequest, openDiffusion } from "@/lib/engine/pipelines/diffusion";
import { sizeOf } from "@/lib/engine/tensor";
import { testDevice } from "../support/engine-device";
import { readPipelineGolden, writeTinyControlNet, writeTinyDiffusion } from "../support/tiny-diffusion";
import { tinyValues } from "../support/tiny-weights";

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

/** The makers' soft picture: 4 × 4 colours, interpolated with corners aligned. */
function smooth(name: string): Picture {
  const coarse = tinyValues(`input.${name}`, [sizeOf([1, 3, 4, 4])]);
  const data = new Uint8ClampedArray(size * size * 3);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      for (let c = 0; c < 3; c++) {
        const [v, u] = [(y * 3) / (size - 1), (x * 3) / (size - 1)];
        const [top, left] = [Math.min(Math.floor(v), 2), Math.min(Math.floor(u), 2)];
        const pick = (dy: number, dx: number) => 10 * coarse[(c * 4 + top + dy) * 4 + left + dx]!;
        const row = (dy: number) => pick(dy, 0) * (1 - (u - left)) + pick(dy, 1) * (u - left);
        const value = row(0) * (1 - (v - top)) + row(1) * (v - top);
        data[(y * size + x) * 3 + c] = Math.round(value * 127.5 + 127.5);
      }
  return picture(size, size, data);
}

const mask = (): Picture => {
  const data = new Uint8ClampedArray(size * size * 3);
  for (let y = 16; y < 48; y++) data.fill(255, (y * size + 8) * 3, (y * size + 40) * 3);
  return picture(size, size, data);
};

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

/** Peak signal to noise ratio in dB, of bytes. */
function psnr(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (a[i]! - b[i]!) ** 2;
  return 10 * Math.log10(255 ** 2 / (squares / a.length));
}

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
