import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Diffusion, openDiffusion } from "@/lib/engine/pipelines/diffusion";
import { readModelDefaults } from "@/lib/inference/model-defaults";
import { defaultCheckpoint, findModel, SHIPPED_FAMILY } from "@/lib/inference/model-files";

interface Golden {
  readonly prompts: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly steps: number;
  readonly guidance: number;
}
const golden: Golden = JSON.parse(await readFile("tests/golden/seedling/golden.json", "utf8"));
const model = path.resolve("models", SHIPPED_FAMILY);

/** Decibels of the likeness of two pictures' bytes. */
function likeness(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return 10 * Math.log10((255 ** 2 * a.length) / sum);
}

describe("the model that ships with the project", () => {
  let diffusion: Diffusion;
  let side = 0;
  beforeAll(async () => {
    diffusion = await openDiffusion(model, { device: { kind: "cpu" } });
    ({ side } = await readModelDefaults(model));
  });
  afterAll(() => diffusion.release());

  test.each(Object.entries(golden.prompts))(
    "draws what diffusers draws with it (%s)",
    async (name, prompt) => {
      const { seed, steps, guidance } = golden;
      const [drawn] = await diffusion.draw({
        ...{ prompt, negativePrompt: "", width: side, height: side, steps, guidance },
        ...{ sampler: "ddim", schedule: "normal", convention: "diffusers", generator: "torch-cpu" },
        seeds: { seed, count: 1 },
      });
      const expected = await sharp(`tests/golden/seedling/${name}.png`).removeAlpha().raw().toBuffer();
      expect(likeness(drawn!.data, expected)).toBeGreaterThan(50);
    },
  );

  test("is found by its name, and drawn with where nothing else is installed", async () => {
    expect(await findModel(SHIPPED_FAMILY, "checkpoint")).toBe(model);
    expect(await defaultCheckpoint()).toEqual({ name: SHIPPED_FAMILY, path: model });
    expect((await readModelDefaults(model)).settings).toMatchObject({ guidance: 3 });
  });
});
