import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DrawRequest, openDiffusion } from "@/lib/engine/pipelines/diffusion";
import { testDevice } from "../support/engine-device";
import { readPipelineGolden, writeTinyDiffusion, writeTinyPipeline } from "../support/tiny-diffusion";
import { writeLora } from "../support/tiny-lora";
import { psnr } from "../support/tiny-pictures";

const golden = await readPipelineGolden("pipelines-variants");
const { parts, size } = golden;
let folder = "";
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "mosaiq-pipelines-variants-"));
  const velocity = { ...golden.scheduler, prediction_type: "v_prediction" };
  await writeTinyPipeline(at("sd2"), { parts, scheduler: velocity });
  const trailing = { ...golden.scheduler, timestep_spacing: "trailing" };
  await writeTinyPipeline(at("turbo"), { parts, scheduler: trailing });
  await writeTinyDiffusion(at("base"));
  for (const [name, shapes] of Object.entries(golden.loras!))
    await writeLora(at(`${name}.safetensors`), shapes, `${name}:`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const request: DrawRequest = {
  prompt: golden.prompt,
  negativePrompt: golden.negative,
  ...{ width: size, height: size, steps: 5, guidance: 7.5 },
  ...{ sampler: "euler", schedule: "normal", convention: "diffusers" },
  seeds: { seed: 42, count: 1 },
  generator: "torch-cpu",
};

interface Case {
  readonly model: string;
  readonly change?: Partial<DrawRequest>;
  /** By name, as strong as WEIGHTS of the maker. */
  readonly loras?: readonly (readonly [name: string, weight: number])[];
}

const oneStep = { sampler: "euler-a", steps: 1, guidance: 1 } as const;
const cases: Record<string, Case> = {
  sd2: { model: "sd2", change: { sampler: "ddim" } },
  turbo: { model: "turbo", change: oneStep },
  "turbo-four": { model: "turbo", change: { ...oneStep, steps: 4 } },
  "two-loras": {
    model: "base",
    loras: [
      ["kohya", 0.8],
      ["peft", 1.5],
    ],
  },
};

async function draw({ model, change, loras = [] }: Case): Promise<ArrayLike<number>> {
  const diffusion = await openDiffusion(at(model), {
    device: testDevice,
    loras: loras.map(([name, weight]) => ({
      path: at(`${name}.safetensors`),
      ...{ unetWeight: weight, textEncoderWeight: weight },
    })),
  });
  const [drawn] = await diffusion.draw({ ...request, ...change });
  await diffusion.release();
  return drawn!.data;
}

const wanted = (name: string) => Buffer.from(golden.cases[name]!.picture, "base64");

test("every golden has its case", () => {
  expect(Object.keys(cases)).toEqual(Object.keys(golden.cases));
});

test.each(Object.keys(cases))("%s draws the reference's picture, 50 dB and more", async (name) => {
  expect(psnr(await draw(cases[name]!), wanted(name))).toBeGreaterThan(50);
});

test("each LoRA, and how strong it is, is seen in the picture", async () => {
  const [kohya, peft] = cases["two-loras"]!.loras!;
  for (const loras of [[], [kohya!], [peft!], [kohya!, [peft![0], 0.8] as const]])
    expect(psnr(await draw({ model: "base", loras }), wanted("two-loras"))).toBeLessThan(40);
});
