import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { picture } from "@/lib/engine/picture";
import { openClipEmbedder } from "@/lib/engine/pipelines/clip-embedder";
import { openDiffusion } from "@/lib/engine/pipelines/diffusion";
import { readModelDefaults } from "@/lib/inference/model-defaults";
import { defaultCheckpoint, findModel, SHIPPED_FAMILY } from "@/lib/inference/model-files";
import { drawThing, THINGS, type Thing } from "../support/world";

interface Golden {
  readonly cases: readonly { name: string; prompt: string; control?: string; lora?: string }[];
  readonly seed: number;
  readonly steps: number;
  readonly guidance: number;
  readonly sampler: "lcm";
}
const golden: Golden = JSON.parse(await readFile("tests/golden/seedling/golden.json", "utf8"));
const model = path.resolve("models", SHIPPED_FAMILY);

/** Decibels of the likeness of two pictures' bytes. */
function likeness(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return 10 * Math.log10((255 ** 2 * a.length) / sum);
}

const readGolden = async (name: string) => {
  const { data, info } = await sharp(`tests/golden/seedling/${name}.png`)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return picture(info.width, info.height, new Uint8ClampedArray(data));
};

describe("the models that ship with the project", () => {
  test.each(golden.cases)(
    "draw what diffusers draws with them ($name)",
    async ({ name, prompt, control, lora }) => {
      const { seed, steps, guidance, sampler } = golden;
      const { side } = await readModelDefaults(model);
      const file = path.join(model, "loras", `${lora}.safetensors`);
      const diffusion = await openDiffusion(model, {
        device: { kind: "cpu" },
        ...(control && { controlNets: [path.join(model, "controlnet", control)] }),
        ...(lora && { loras: [{ path: file, unetWeight: 1, textEncoderWeight: 1 }] }),
      });
      const whole = { net: 0, weight: 1, from: 0, to: 1, guess: false };
      const [drawn] = await diffusion.draw({
        ...{ prompt, negativePrompt: "", width: side, height: side, steps, guidance, sampler },
        ...{ schedule: "normal", convention: "diffusers", generator: "torch-cpu", seeds: { seed, count: 1 } },
        ...(control && { controls: [{ ...whole, picture: await readGolden("hint") }] }),
      });
      await diffusion.release();
      expect(likeness(drawn!.data, (await readGolden(name)).data)).toBeGreaterThan(50);
    },
  );

  test("is found by its name, and drawn with where nothing else is installed", async () => {
    expect(await findModel(SHIPPED_FAMILY, "checkpoint")).toBe(model);
    expect(await defaultCheckpoint()).toEqual({ name: SHIPPED_FAMILY, path: model });
    expect((await readModelDefaults(model)).settings).toMatchObject({
      steps: 4,
      sampler: "lcm",
      guidance: 3,
    });
  });
});

/** Twice as many searches as drawings: each in two languages. */
const NAMES: Record<Thing, readonly [string, string]> = {
  hamburger: ["a hamburger", "汉堡"],
  snowman: ["a snowman", "雪人"],
  banana: ["a banana", "香蕉"],
  sailboat: ["a sailboat", "帆船"],
  cat: ["a cat", "猫"],
  bicycle: ["a bicycle", "自行车"],
  rocket: ["a rocket", "火箭"],
  pizza: ["a slice of pizza", "披萨"],
};

test("searches among drawings that it never saw find each by its name first, in both languages", async () => {
  const clip = await openClipEmbedder(path.join(model, "clip", "seedling"), { kind: "cpu" });
  const files = await Promise.all(THINGS.map(drawThing));
  const raws = await Promise.all(files.map((file) => sharp(file).removeAlpha().raw().toBuffer()));
  const pictures = await clip.embedPictures(raws.map((raw) => picture(128, 128, new Uint8ClampedArray(raw))));
  for (const language of [0, 1] as const) {
    const words = await clip.embedTexts(THINGS.map((thing) => NAMES[thing][language]));
    const firsts = words.map((word) => {
      const scores = pictures.map((shown) => shown.reduce((sum, value, i) => sum + value * word[i]!, 0));
      return THINGS[scores.indexOf(Math.max(...scores))];
    });
    expect(firsts).toEqual(THINGS);
  }
  await clip.release();
});
