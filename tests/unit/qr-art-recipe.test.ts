import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Easel } from "@/lib/drawing/open-easel";
import { artRecipe } from "@/lib/scenarios/qr-art/art-recipe";

// Settings are read once: one folder for all, emptied behind each.
let models: string;
beforeAll(async () => {
  models = await mkdtemp(path.join(tmpdir(), "mosaiq-recipe-"));
  vi.stubEnv("MODELS_DIR", models);
});
beforeEach(() => mkdir(path.join(models, "controlnet")));
afterEach(() => rm(path.join(models, "controlnet"), { recursive: true }));
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(models, { recursive: true });
});

const install = async (...names: string[]) => {
  for (const name of names)
    await writeFile(path.join(models, "controlnet", `${name}.safetensors`), "weights");
};
const at = (name: string) => path.join(models, "controlnet", `${name}.safetensors`);
/** Stable Diffusion 1.5, as far as the recipe looks at it. */
const SD = { side: 512, companions: {} } as Easel;
const [V1, V2] = ["control_v1p_sd15_qrcode_monster", "control_v1p_sd15_qrcode_monster_v2"];
const BRIGHTNESS = "control_v1p_sd15_brightness";

test("the newest QR Monster leads alone where there is nothing beside it, at 16 pixels a module", async () => {
  await install(V2!, V1!);
  expect(await artRecipe(SD, 33, 0.5)).toEqual({
    ...{ side: 528, strength: 0.5 },
    controls: [{ model: at(V2!), weight: 1, from: 0, to: 1 }],
  });
});

test("brightness goes along faintly, behind the first tenth, at every blend", async () => {
  await install(V1!, BRIGHTNESS);
  for (const [blend, weight] of [
    [0, 0.6],
    [1, 1.4],
  ] as const) {
    const { controls } = await artRecipe(SD, 33, blend);
    expect(controls).toEqual([
      { model: at(V1!), weight, from: 0, to: 1 },
      { model: at(BRIGHTNESS), weight: 0.15, from: 0.1, to: 1 },
    ]);
  }
});

test("no drawing is so wide that everything appears twice, nor smaller than the model draws", async () => {
  await install(V2!);
  expect((await artRecipe(SD, 177, 0.5)).side).toBe(896);
  expect((await artRecipe(SD, 21, 0.5)).side).toBe(512);
});

test("a model's own ControlNet is asked as its makers say, and needs no other", async () => {
  await install(V2!, BRIGHTNESS);
  const companions = { qr: { control: "seedling-qr", modulePx: 7 } };
  const { controls, side } = await artRecipe({ side: 128, companions } as unknown as Easel, 29, 0.5);
  expect(controls.map(({ model, weight }) => [path.basename(model), weight])).toEqual([["seedling-qr", 1]]);
  expect(side).toBe(208);
});

test("without a ControlNet for codes it is said which is missing", async () => {
  await install(BRIGHTNESS);
  await expect(artRecipe(SD, 33, 0.5)).rejects.toMatchObject({
    code: "weights_missing",
    details: { file: "ControlNet QR Monster" },
  });
});
