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
  expect(await readModelDefaults(model)).toEqual({ side: 128, family: "sd1", settings: {}, companions: {} });
});

test("where no size is told, it is the family's", async () => {
  const model = await writeModel("silent", {}, { sample_size: undefined });
  expect(await readModelDefaults(model)).toEqual({ side: 512, family: "sd1", settings: {}, companions: {} });
});

test("a latent consistency model takes few steps, with its own sampler", async () => {
  const model = await writeModel("lcm", { _class_name: "LCMScheduler" }, { sample_size: 64 });
  expect(await readModelDefaults(model)).toEqual({
    ...{ side: 512, family: "sd1", companions: {} },
    settings: { steps: 4, sampler: "lcm", guidance: 3 },
  });
});

test("a folder's own recommendation counts, and one that cannot be meant is told by its file", async () => {
  const model = await writeModel("told", { _class_name: "LCMScheduler" }, { sample_size: 16 });
  const file = path.join(model, "studio.json");
  await writeFile(file, JSON.stringify({ steps: 6, guidance: 2.5 }));
  expect((await readModelDefaults(model)).settings).toEqual({ steps: 6, guidance: 2.5 });
  const plain = { control: "codes", modulePx: 16 };
  for (const qr of [plain, { ...plain, weights: [0.5, 2], strengths: [0.2, 0.4] }]) {
    const companions = { upscaler: "large", qr };
    await writeFile(file, JSON.stringify(companions));
    expect(await readModelDefaults(model)).toMatchObject({ settings: {}, companions });
  }
  for (const wrong of ['{"steps": 0}', '{"sampler": "magic"}', "not JSON"]) {
    await writeFile(file, wrong);
    await expect(readModelDefaults(model)).rejects.toMatchObject({
      ...{ code: "weights_damaged", details: { file } },
    });
  }
});
