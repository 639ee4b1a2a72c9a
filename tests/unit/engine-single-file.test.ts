import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unetKeyMap } from "@/lib/engine/layouts/unet-keys";
import { vaeKeyMap } from "@/lib/engine/layouts/vae-keys";
import { type DrawRequest, openDiffusion } from "@/lib/engine/pipelines/diffusion";
import { type TensorToWrite, writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { sizeOf } from "@/lib/engine/tensor";
import { readPipelineGolden } from "../support/tiny-diffusion";
import { tinyValues } from "../support/tiny-weights";

type Part = { config: Record<string, unknown>; shapes: Record<string, number[]> };
type Parts = Record<"unet" | "vae" | "text_encoder", Part>;

const parts = JSON.parse(await readFile("tests/golden/pipelines/single-file.json", "utf8")) as Parts;
const { scheduler } = await readPipelineGolden();
let folder = "";
const at = (...names: string[]) => path.join(folder, ...names);

/** Half precision, as most files are; the vocabulary is too large to be made number by number. */
function weight(key: string, shape: number[]): TensorToWrite {
  const data = () => {
    const few = tinyValues(key, [Math.min(sizeOf(shape), 99_991)]);
    return shape.length === 2 && key.endsWith("token_embedding.weight")
      ? Float32Array.from({ length: sizeOf(shape) }, (_, i) => few[i % few.length]!)
      : tinyValues(key, shape);
  };
  return { dtype: "F16", shape, data };
}

const named = (part: Part, rename: (key: string) => string) =>
  Object.entries(part.shapes).map(([key, shape]): [string, TensorToWrite] => [
    rename(key),
    weight(key, shape),
  ]);

/** LDM keeps the autoencoder's attention as 1×1 convolutions: the same bytes in another shape. */
const asConvolution = ([key, tensor]: [string, TensorToWrite]): [string, TensorToWrite] =>
  tensor.shape.length === 2 ? [key, { ...tensor, shape: [...tensor.shape, 1, 1] }] : [key, tensor];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "mosaiq-single-file-"));
  const unet = unetKeyMap({ layersPerBlock: 1, attention: [true, false] });
  const vae = vaeKeyMap({ blocks: 4, layersPerBlock: 1 });
  await writeSafetensors(
    at("single.safetensors"),
    new Map([
      ...named(parts.unet, (key) => `model.diffusion_model.${unet.toLdm(key)}`),
      ...named(parts.vae, (key) => `first_stage_model.${vae.toLdm(key)}`).map(asConvolution),
      ...named(parts.text_encoder, (key) => `cond_stage_model.transformer.${key}`),
    ]),
  );
  await mkdir(at("folder"));
  const index = {
    _class_name: "StableDiffusionPipeline",
    unet: ["diffusers", "UNet2DConditionModel"],
    vae: ["diffusers", "AutoencoderKL"],
    text_encoder: ["transformers", "CLIPTextModel"],
    scheduler: ["diffusers", "EulerDiscreteScheduler"],
  };
  await writeFile(at("folder", "model_index.json"), JSON.stringify(index));
  for (const [name, part] of Object.entries(parts)) {
    await mkdir(at("folder", name));
    await writeFile(at("folder", name, "config.json"), JSON.stringify(part.config));
    const file = name === "text_encoder" ? "model.safetensors" : "diffusion_pytorch_model.safetensors";
    await writeSafetensors(at("folder", name, file), new Map(named(part, (key) => key)));
  }
  await mkdir(at("folder", "scheduler"));
  await writeFile(at("folder", "scheduler", "scheduler_config.json"), JSON.stringify(scheduler));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test("one LDM file and a diffusers folder of the same weights draw the same bytes", async () => {
  const request: DrawRequest = {
    ...{ prompt: "a lighthouse, (evening:1.2) [sun:moon:0.5]", negativePrompt: "fog" },
    ...{ width: 64, height: 64, steps: 4, guidance: 5 },
    ...{ sampler: "dpmpp-2m", schedule: "karras", convention: "k-diffusion" },
    seeds: { seed: 3, count: 1 },
    generator: "philox",
  };
  const pictures = [];
  for (const source of [at("single.safetensors"), at("folder")]) {
    const diffusion = await openDiffusion(source, { device: { kind: "cpu" } });
    pictures.push((await diffusion.draw(request))[0]!);
    await diffusion.release();
  }
  expect(new Set(pictures[0]!.data).size).toBeGreaterThan(20);
  expect(Buffer.from(pictures[0]!.data).equals(Buffer.from(pictures[1]!.data))).toBe(true);
});
