import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspect } from "@/lib/engine/layouts/inspect";
import { openVae } from "@/lib/engine/layouts/open-vae";
import {
  type Diffusion,
  type DiffusionOptions,
  type DrawRequest,
  openDiffusion,
} from "@/lib/engine/pipelines/diffusion";
import { inspectModel } from "@/lib/inference/inspect-model";
import { testDevice } from "../support/engine-device";
import { readPipelineGolden, writeTinyPipeline } from "../support/tiny-diffusion";
import { writeLora } from "../support/tiny-lora";
import { boxMask, psnr, smoothPicture } from "../support/tiny-pictures";
import { writeTinyXlFile, writeTinyXlVae } from "../support/tiny-xl";

const golden = await readPipelineGolden("pipelines-xl");
const { size } = golden;
const { controlnet, ...networks } = golden.parts;
let folder = "";
const at = (...names: string[]) => path.join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "mosaiq-pipelines-xl-"));
  const { scheduler } = golden;
  await writeTinyPipeline(at("base"), { parts: networks, scheduler });
  await writeTinyPipeline(at("nets"), { parts: { controlnet: controlnet! }, scheduler });
  await copyWith("trailing", "scheduler/scheduler_config.json", { timestep_spacing: "trailing" });
  await copyWith("encoded", "model_index.json", { force_zeros_for_empty_prompt: false });
  await copyWith("refiner", "model_index.json", { text_encoder: [null, null], tokenizer: [null, null] });
  await writeTinyXlFile(at("single.safetensors"), golden);
  await writeTinyXlVae(at("vae.safetensors"), golden);
  await writeLora(at("lora.safetensors"), golden.loras!.lora!, "lora:");
}, 120_000);

/** The same weights under another configuration. */
async function copyWith(name: string, file: string, change: Record<string, unknown>): Promise<void> {
  await cp(at("base"), at(name), { recursive: true });
  const json = JSON.parse(await readFile(at(name, file), "utf8")) as object;
  await writeFile(at(name, file), JSON.stringify({ ...json, ...change }));
}

const opened = new Map<string, Promise<Diffusion>>();
/** Opened once, as people use it. */
const open = (model: string, options: Partial<DiffusionOptions> = {}): Promise<Diffusion> => {
  const key = JSON.stringify([model, options]);
  const known = opened.get(key) ?? openDiffusion(at(model), { device: testDevice, ...options });
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
  ...{ width: size, height: size, steps: 5, guidance: 5 },
  ...{ sampler: "euler", schedule: "normal", convention: "diffusers" },
  seeds: { seed: 42, count: 1 },
  generator: "torch-cpu",
};

interface Case {
  readonly model?: string;
  readonly options?: () => Partial<DiffusionOptions>;
  readonly change?: () => Partial<DrawRequest>;
}

const init = () => ({ picture: smoothPicture("init", size), strength: 0.6 });
const cases: Record<string, Case> = {
  // Higher than wide: sizes are told height first.
  euler: { change: () => ({ width: 48 }) },
  "no-negative": { change: () => ({ negativePrompt: "" }) },
  "no-negative-encoded": { model: "encoded", change: () => ({ negativePrompt: "" }) },
  turbo: { model: "trailing", change: () => ({ sampler: "euler-a", steps: 1, guidance: 1 }) },
  "clip-skip": { change: () => ({ clipSkip: 1, guidance: 1 }) },
  img2img: { change: () => ({ steps: 8, init: init() }) },
  inpaint: { change: () => ({ init: init(), mask: boxMask(size) }) },
  control: {
    options: () => ({ controlNets: [at("nets", "controlnet")] }),
    change: () => ({
      controls: [
        { net: 0, picture: smoothPicture("hint-a", size), weight: 0.8, from: 0, to: 1, guess: false },
      ],
    }),
  },
  lora: {
    options: () => ({
      loras: [{ path: at("lora.safetensors"), unetWeight: 0.7, textEncoderWeight: 0.7 }],
    }),
  },
};

test("every golden has its case", () => {
  expect(Object.keys(cases)).toEqual(Object.keys(golden.cases));
});

test.each(Object.keys(cases))("%s draws the reference's picture, 50 dB and more", async (name) => {
  const { model = "base", options = () => ({}), change = () => ({}) } = cases[name]!;
  const diffusion = await open(model, options());
  const [drawn] = await diffusion.draw({ ...request, ...change() });
  expect(psnr(drawn!.data, Buffer.from(golden.cases[name]!.picture, "base64"))).toBeGreaterThan(50);
});

test("one LDM file and a diffusers folder of the same weights draw the same bytes", async () => {
  const change: Partial<DrawRequest> = {
    ...{ prompt: "a lighthouse, (evening:1.2) [sun:moon:0.5] BREAK far away", negativePrompt: "" },
    ...{ sampler: "dpmpp-2m", schedule: "karras", convention: "k-diffusion", clipSkip: 1 },
  };
  const pictures = [];
  for (const model of ["single.safetensors", "base"])
    pictures.push((await (await open(model)).draw({ ...request, ...change }))[0]!);
  expect(new Set(pictures[0]!.data).size).toBeGreaterThan(20);
  expect(Buffer.from(pictures[0]!.data).equals(Buffer.from(pictures[1]!.data))).toBe(true);
});

test("A1111 knows no clip skip for XL", async () => {
  const diffusion = await open("base");
  const draw = async (clipSkip: number) =>
    (await diffusion.draw({ ...request, convention: "k-diffusion", clipSkip, steps: 2 }))[0]!.data;
  expect(await draw(1)).toEqual(await draw(0));
});

describe("what a file is", () => {
  test("a single file is told, with both its text encoders", async () => {
    const { kind, family, facts } = await inspect(at("single.safetensors"));
    expect({ kind, family, parts: facts.parts }).toEqual({
      ...{ kind: "checkpoint", family: "sdxl" },
      parts: "unet, vae, text encoder, text encoder 2",
    });
  });

  test("the refiner is told, and refused", async () => {
    expect(await inspectModel(at("refiner"))).toMatchObject({ family: "sdxl-refiner" });
    const refiner = openDiffusion(at("refiner"), { device: testDevice });
    await expect(refiner).rejects.toMatchObject({
      code: "weights_unknown",
      details: { seen: "sdxl-refiner" },
    });
  });

  test("an autoencoder alone is scaled as the family that it is for", async () => {
    const scaling = async (family?: "sdxl" | "sd1") =>
      (await openVae(at("vae.safetensors"), family)).config.scaling_factor;
    expect([await scaling("sdxl"), await scaling("sd1"), await scaling()]).toEqual([
      0.13025, 0.18215, 0.18215,
    ]);
  });
});
