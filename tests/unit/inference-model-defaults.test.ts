import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readModelDefaults } from "@/lib/inference/model-defaults";
import { writeTinyDiffusion } from "../support/tiny-diffusion";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-defaults-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function writeModel(name: string, scheduler: object, unet: object): Promise<string> {
  const model = path.join(folder, name);
  await writeTinyDiffusion(model, { scheduler: { ...scheduler } });
  const file = path.join(model, "unet/config.json");
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), ...unet }));
  return model;
}

test("a folder is drawn in the size that its UNet was trained with, eight pixels to a latent", async () => {
  const model = await writeModel("sixteen", {}, { sample_size: 16 });
  expect(await readModelDefaults(model)).toEqual({ side: 128 });
});

test("where no size is told, it is the family's", async () => {
  const model = await writeModel("silent", {}, { sample_size: undefined });
  expect(await readModelDefaults(model)).toEqual({ side: 512 });
});

test("a latent consistency model takes few steps, with its own sampler", async () => {
  const model = await writeModel("lcm", { _class_name: "LCMScheduler" }, { sample_size: 64 });
  expect(await readModelDefaults(model)).toEqual({
    side: 512,
    few: { steps: 4, sampler: "lcm", guidance: 3 },
  });
});
