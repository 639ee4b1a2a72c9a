import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS, type DrawingSettings } from "@/lib/drawing/drawing-settings";
import { drawingSize, sizeLike } from "@/lib/drawing/drawing-size";
import { hiresInput } from "@/lib/drawing/hires.input";
import { fromParameters, toParameters, type UsedFiles } from "@/lib/drawing/picture-parameters";
import { planSecondPass } from "@/lib/drawing/second-pass";
import { readParameters } from "@/lib/engine/parameters/read-parameters";
import { writeParameters } from "@/lib/engine/parameters/write-parameters";

const drawn = { width: 512, height: 512, steps: 20, sampler: "dpmpp-2m" } as const;
const hires = { times: 2, strength: 0.5, steps: null };

describe("a second pass", () => {
  test("is so many times as large, and makes all of its steps however little is forgotten", () => {
    expect(planSecondPass(drawn, hires, 512)).toEqual({
      ...{ width: 1024, height: 1024, steps: 40, strength: 0.5, times: 2 },
    });
    expect(planSecondPass({ ...drawn, width: 768 }, { ...hires, times: 1.5, steps: 10 }, 512)).toMatchObject({
      ...{ width: 1152, height: 768, steps: 20 },
    });
    // What was asked for is what is told, to the last digit: less would be a model's limit.
    expect(planSecondPass(drawn, { ...hires, times: 1.777 }, 512)).toMatchObject({ times: 1.777 });
    expect(planSecondPass(drawn, { ...hires, strength: 1 }, 512)).toMatchObject({ steps: 20 });
    expect(
      planSecondPass({ ...drawn, sampler: "lcm", steps: 8 }, { ...hires, strength: 0.1 }, 512),
    ).toMatchObject({ steps: 50 });
    expect(planSecondPass(drawn, { ...hires, strength: 0 }, 512)).toMatchObject({ width: 1024, strength: 0 });
  });

  test("goes no further than a small model draws, and says how far", () => {
    const small = { ...drawn, width: 128, height: 128 };
    expect(planSecondPass(small, { ...hires, times: 4 }, 128)).toMatchObject({
      ...{ width: 192, height: 192, times: 1.5 },
    });
    expect(planSecondPass({ ...small, width: 192, height: 192 }, hires, 128)).toBeNull();
    expect(planSecondPass({ ...drawn, width: 2048 }, { ...hires, times: 4 }, 512)).toMatchObject({
      times: 2,
    });
  });
});

const settings: DrawingSettings = { ...DEFAULT_SETTINGS, prompt: "a cat", seed: 7 };
const files: UsedFiles = {
  ...{ model: { name: "tiny", hash: null }, vae: null, loras: [], embeddings: [], controls: [] },
  ...{ init: null, mask: null },
};
const again = (asked: DrawingSettings, of: UsedFiles = files) =>
  fromParameters(readParameters(writeParameters(toParameters(asked, of)))).settings;

describe("a picture's text says of its second pass", () => {
  test("what A1111 says, and it is read back", () => {
    const asked = hiresInput.parse({ times: 1.75, strength: 0.4, steps: 12, upscaler: "4x-fine" });
    const text = writeParameters(toParameters({ ...settings, hires: asked }, files));
    expect(text).toContain("Denoising strength: 0.4");
    expect(text).toContain("Hires upscale: 1.75, Hires steps: 12, Hires upscaler: 4x-fine");
    expect(again({ ...settings, hires: asked }).hires).toEqual(asked);
    expect(again(settings).hires).toBeNull();
  });

  test("what a filter enlarged, and what a picture was forgotten by", () => {
    const asked = hiresInput.parse({ strength: 0.3 });
    const begun = { ...settings, strength: 0.8, hires: asked };
    expect(again({ ...settings, hires: asked }).hires).toEqual(asked);
    expect(again(begun, { ...files, init: "a picture" })).toMatchObject({ strength: 0.8, hires: asked });
  });

  test("A1111's own, with a latent upscaler, which is a filter here", () => {
    const read = fromParameters(
      readParameters(
        "a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512, Denoising strength: 0.7, Hires upscale: 2, Hires upscaler: Latent (bicubic), Version: v1.9",
      ),
    );
    expect(read.settings.hires).toEqual({ times: 2, strength: 0.7, steps: null, upscaler: null });
  });
});

test("a picture that is begun with keeps its shape, within 1:2 and 2:1", () => {
  expect(sizeLike({ width: 1600, height: 900 }, 512)).toEqual({ width: 680, height: 384 });
  expect(sizeLike({ width: 900, height: 1600 }, 128)).toEqual({ width: 96, height: 168 });
  expect(sizeLike({ width: 4000, height: 500 }, 512)).toEqual({ width: 728, height: 360 });
  expect(sizeLike({ width: 300, height: 300 }, 512)).toEqual(drawingSize("square", 512));
});
