import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Easel } from "@/lib/drawing/open-easel";
import { artRecipe } from "@/lib/scenarios/qr-art/art-recipe";
import { writeTinyControlNet, writeTinyDiffusion } from "../support/tiny-diffusion";

// Settings are read once: one folder for all, emptied behind each.
let models: string;
let SD: Easel;
beforeAll(async () => {
  models = await mkdtemp(path.join(tmpdir(), "mosaiq-recipe-"));
  vi.stubEnv("MODELS_DIR", models);
  const checkpoint = path.join(models, "checkpoints/sd15");
  await writeTinyDiffusion(checkpoint);
  /** Stable Diffusion 1.5, as far as the recipe looks at it. */
  SD = { side: 512, companions: {}, model: { name: "sd15", path: checkpoint } } as unknown as Easel;
});
beforeEach(() => mkdir(at("")));
afterEach(() => rm(at(""), { recursive: true }));
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(models, { recursive: true });
});

const at = (name: string) => path.join(models, "controlnet", name);
const install = async (...names: string[]) => {
  for (const name of names) await writeTinyControlNet(at(name), "a");
};
const [V1, V2] = ["control_v1p_sd15_qrcode_monster", "control_v1p_sd15_qrcode_monster_v2"];
const BRIGHTNESS = "control_v1p_sd15_brightness";

test("the newest QR Monster leads alone where there is nothing beside it, at 16 pixels a module", async () => {
  await install(V2!, V1!);
  expect(await artRecipe(SD, 33, 0.5)).toEqual({
    ...{ side: 528, codePx: 528, strength: 0.5 },
    controls: [{ model: at(V2!), weight: 1, from: 0, to: 1, isSelective: true }],
  });
});

test("brightness goes along faintly, behind the first tenth, at every blend, and is shown no grey", async () => {
  await install(V1!, BRIGHTNESS);
  for (const [blend, weight] of [
    [0, 0.6],
    [1, 1.4],
  ] as const) {
    const { controls } = await artRecipe(SD, 33, blend);
    expect(controls).toEqual([
      { model: at(V1!), weight, from: 0, to: 1, isSelective: true },
      { model: at(BRIGHTNESS), weight: 0.15, from: 0.1, to: 1, isSelective: false },
    ]);
  }
});

test("a small code keeps its 16 pixels a module, within a picture as large as the model draws", async () => {
  await install(V2!);
  expect(await artRecipe(SD, 25, 0.5)).toMatchObject({ side: 512, codePx: 400 });
  expect(await artRecipe(SD, 29, 0.5)).toMatchObject({ side: 512, codePx: 464 });
});

test("no drawing is so wide that everything appears twice", async () => {
  await install(V2!);
  expect(await artRecipe(SD, 177, 0.5)).toMatchObject({ side: 896, codePx: 896 });
});

test("a model's own ControlNet is asked as its makers say, and needs no other, nor grey", async () => {
  await install(V2!, BRIGHTNESS);
  const qr = { control: "seedling-qr", modulePx: 7 };
  const seedling = (own: object) => ({ ...SD, side: 128, companions: { qr: { ...qr, ...own } } });
  const { controls, side, codePx, strength } = await artRecipe(seedling({}), 29, 0.5);
  expect(
    controls.map(({ model, weight, isSelective }) => [path.basename(model), weight, isSelective]),
  ).toEqual([["seedling-qr", 1, false]]);
  expect([side, codePx, strength]).toEqual([208, 208, 0.5]);
  const told = seedling({ weights: [0.5, 2.5], strengths: [0.2, 0.4] });
  for (const [blend, weight, of] of [
    [0, 0.5, 0.2],
    [0.5, 1.5, 0.3],
    [1, 2.5, 0.4],
  ] as const) {
    const recipe = await artRecipe(told, 29, blend);
    expect([recipe.controls[0]!.weight, recipe.strength]).toEqual([weight, expect.closeTo(of)]);
  }
});

const MISSING = { code: "weights_missing", details: { file: "ControlNet QR Monster" } };

test("without a ControlNet for codes it is said which is missing", async () => {
  await install(BRIGHTNESS);
  await expect(artRecipe(SD, 33, 0.5)).rejects.toMatchObject(MISSING);
});

test("one of another family does not count, and is told before anything is drawn", async () => {
  await install(V2!);
  const ships = path.resolve("models/seedling");
  const other = { ...SD, model: { name: "another", path: ships } };
  await expect(artRecipe(other, 33, 0.5)).rejects.toMatchObject(MISSING);
});
