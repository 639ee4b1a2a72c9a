import { expect, test } from "vitest";
import { canFollowLines } from "@/app/(studio)/_create/use-unfit";
import { firstControl } from "@/app/(studio)/_draw/control-form";
import {
  cleared,
  type DrawForm,
  drawingOf,
  firstDrawing,
  formOfDrawing,
  formOfRestored,
  incompleteOf,
  lacksPictures,
  ledSomewhere,
  maskOfDrawing,
  moreLike,
  varied,
} from "@/app/(studio)/_draw/draw-form";
import { AXIS_RANGES, axisOf, firstAxis, isTooLarge } from "@/app/(studio)/_draw/sheet-form";
import { annotatorFor } from "@/lib/drawing/annotator-for";
import { drawingOptions } from "@/lib/drawing/drawing.input";
import { sizeInput } from "@/lib/drawing/drawing-size.input";
import { isFarFromTaught, sizesOf, usesNegativePrompt } from "@/lib/drawing/family-settings";
import { hiresInput } from "@/lib/drawing/hires.input";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import type { RestoredDrawing } from "@/lib/drawing/restore-drawing";
import { SHEET_AXES } from "@/lib/drawing/x-y-sheet.input";
import { planDrawings } from "@/lib/scenarios/text-to-image/plan-drawings";
import { textToImageInput } from "@/lib/scenarios/text-to-image/text-to-image.job";

const PICTURE = "5f0c1c4e-6a0e-4b6c-8f5e-1e2d3c4b5a69";
const drawn = (more: object = {}) => textToImageInput.parse({ prompt: "a cat", count: 1, seed: 7, ...more });

/** A form in which something stands everywhere. */
const busy: DrawForm = {
  ...firstDrawing("a dog"),
  ...{ style: "gold", aspect: "landscape", picture: PICTURE, strength: 0.3, followsLines: true },
  ...{ size: { width: 640, height: 512 }, lineWeight: 0.5, controls: [firstControl("canny", PICTURE)] },
  hires: hiresInput.parse({ times: 3 }),
  ...{ variation: 0.4, variationSeed: 9, sheet: { x: { of: "seed", name: null, values: ["1"] }, y: null } },
};

test("the settings of a variation are taken up whole, and asked for again as they were", () => {
  const settings = drawn({ variation: 0.2, variationSeed: 42 });
  const form = { ...busy, ...formOfDrawing(settings) };
  expect([form.variation, form.variationSeed, form.options.seed]).toEqual([0.2, 42, 7]);
  expect(textToImageInput.parse(drawingOf({ ...form, count: 1 }, null))).toEqual(settings);
});

test("what stood in the form is gone once a drawing's settings are taken up", () => {
  for (const settings of [
    drawn(),
    { ...drawn(), text: "https://example.com", scenario: "qr-art", style: null },
  ]) {
    const form = { ...busy, ...formOfDrawing(settings) };
    expect(form).toMatchObject({
      ...{ prompt: "a cat", style: null, aspect: "square", picture: null, followsLines: false },
      ...{ size: null, lineWeight: 1, controls: [], hires: null },
      ...{ variation: 0, variationSeed: null, sheet: null, count: busy.count },
    });
  }
  // What a picture's own text says goes on top of this.
  expect({ ...busy, ...cleared("a fox") }).toMatchObject({ prompt: "a fox", style: null, picture: null });
});

test("a drawing of something else gives what a free one understands of it", () => {
  expect(formOfDrawing({ text: "x" })).toBeNull();
  expect(formOfDrawing({ prompt: "a cat", style: "gold", candidates: 99, count: 99 })).toMatchObject({
    ...{ prompt: "a cat", style: "gold" },
  });
});

test("what was painted comes back with the picture that it was painted over", () => {
  const settings = drawn({ from: { picture: PICTURE }, mask: "aGVsbG8=" });
  expect(formOfDrawing(settings)?.picture).toBe(PICTURE);
  expect(maskOfDrawing(settings)).toBe("aGVsbG8=");
  expect(maskOfDrawing(drawn())).toBeNull();
});

test("more like a drawing is something else each time", async () => {
  const [one, other] = [moreLike(drawn(), 2)!, moreLike(drawn(), 2)!];
  expect(one.variationSeed).not.toBe(other.variationSeed);
  const drawnAs = async (input: typeof one) =>
    (await planDrawings(crypto.randomUUID(), input, 7)).map(({ wish }) => wish.variation?.seed);
  expect((await drawnAs(one)).filter((seed) => seed === undefined)).toEqual([]);
  expect(await drawnAs(one)).not.toEqual(await drawnAs(other));
  expect(moreLike({ text: "x" }, 2)).toBeNull();
});

const models: DrawingModels = {
  checkpoints: [
    {
      ...{ id: "seedling", family: "seedling", title: "Seedling" },
      ...{ settings: {}, canDrawCodes: true, followsLines: true },
    },
    { id: "dream", family: "sd1", title: "Dream", settings: {}, canDrawCodes: true, followsLines: false },
  ],
  ...{ usual: "seedling", loras: [], vaes: [], controlnets: [], embeddings: [], upscalers: [] },
};

test("a sheet begins with values around what its model draws with", () => {
  const values = (of: "steps" | "guidance" | "sampler", model: string | null) =>
    firstAxis(of, models, { model, lora: null }).values;
  expect(values("steps", null)).toEqual(["2", "4", "8"]);
  expect(values("steps", "dream")).toEqual(["10", "20", "30"]);
  expect(values("guidance", "dream")).toContain("7");
  expect(values("sampler", "dream")).not.toContain("lcm");
  for (const of of SHEET_AXES)
    if (AXIS_RANGES[of] && of !== "lora")
      for (const model of ["seedling", "dream"])
        expect(axisOf(firstAxis(of, models, { model, lora: null })), of).not.toBeNull();
});

test("a sheet with more cells than one may have is too large, whatever its values are", () => {
  const seeds = (count: number) => ({
    ...{ of: "seed" as const, name: null },
    values: Array.from({ length: count }, (_, i) => `${i}`),
  });
  expect(isTooLarge({ x: seeds(8), y: seeds(3) })).toBe(false);
  expect(isTooLarge({ x: seeds(5), y: seeds(5) })).toBe(true);
});

test("what should not be seen is asked where it changes something", () => {
  expect(usesNegativePrompt("sd1", null)).toBe(true);
  expect(usesNegativePrompt("sd1", 1)).toBe(false);
  expect(usesNegativePrompt("seedling", 3)).toBe(false);
  expect(usesNegativePrompt(null, 7)).toBe(true);
});

test("variations that lead nowhere in particular lead somewhere else each time, and others where they are told", () => {
  const form = { ...busy, ...varied(formOfDrawing(drawn())!) };
  expect(form).toMatchObject({ variationSeed: null, sheet: null, options: { seed: 7 } });
  expect(form.variation).toBeGreaterThan(0);
  const [one, other] = [ledSomewhere(form), ledSomewhere(form)];
  expect(one.variationSeed).not.toBe(other.variationSeed);
  expect(ledSomewhere({ variation: 0.2, variationSeed: 0 }).variationSeed).toBe(0);
  expect(ledSomewhere({ variation: 0, variationSeed: null }).variationSeed).toBeNull();
});

test("everything that can be set is asked for, and comes back from a drawing", () => {
  const asked = textToImageInput.parse(drawingOf({ ...busy, sheet: null }, "aGVsbG8="));
  expect(asked).toMatchObject({
    ...{ size: { width: 640, height: 512 }, hires: { times: 3 }, mask: "aGVsbG8=" },
    lines: { picture: PICTURE, weight: 0.5 },
    controls: [{ model: "canny", picture: PICTURE, annotator: "canny", weight: 1, from: 0, to: 1 }],
  });
  expect({ ...firstDrawing("x"), count: busy.count, ...formOfDrawing(asked) }).toEqual({
    ...busy,
    sheet: null,
  });
});

test("what is not complete yet is named, and nothing is asked for", () => {
  const form = firstDrawing("a cat");
  const [control] = [firstControl("canny", PICTURE)];
  const cases = [
    [{}, null],
    [{ size: { width: 5, height: 512 } }, "size"],
    [{ controls: [{ ...control, picture: null }] }, "controls"],
    [{ controls: [{ ...control, from: 0.8, to: 0.2 }] }, "controls"],
    [{ hires: hiresInput.parse({}) }, null],
    [{ hires: { ...hiresInput.parse({}), times: 1 } }, "hires"],
    [{ sheet: { x: { of: "steps", name: null, values: ["many"] }, y: null } }, "sheet"],
    [{ sheet: { x: { of: "prompt", name: null, values: ["dog", "cat"] }, y: null } }, "sheet"],
  ] as const satisfies [Partial<DrawForm>, ReturnType<typeof incompleteOf>][];
  for (const [some, what] of cases) {
    expect(incompleteOf({ ...form, ...some }), JSON.stringify(some)).toBe(what);
    expect(drawingOf({ ...form, ...some }, null) === null).toBe(what !== null);
  }
});

test("a ControlNet begins with what it was taught to follow", () => {
  expect(
    ["seedling-line", "control_v11p_sd15_lineart", "sd15_softedge", "depth", "openpose", "qr-monster"].map(
      annotatorFor,
    ),
  ).toEqual(["canny", "line-art", "soft-edge", "depth", "pose", "none"]);
});

test("sizes by tap are sizes that can be asked for, near what the model was taught", () => {
  for (const family of ["seedling", "sd1", "sd2", "sdxl", null] as const)
    for (const size of sizesOf(family)) {
      expect(sizeInput.safeParse(size).success, `${family} ${size.width}`).toBe(true);
      expect(isFarFromTaught(size, family)).toBe(false);
    }
  expect(isFarFromTaught({ width: 512, height: 512 }, "seedling")).toBe(true);
  expect(isFarFromTaught({ width: 1024, height: 1024 }, "sdxl")).toBe(false);
});

test("what a picture's text says fills the form, and nothing of the form is left", () => {
  const restored: RestoredDrawing = {
    ...{ prompt: "a fox", options: drawingOptions.parse({ seed: 5, steps: 9 }), missing: ["dream"] },
    ...{ size: { width: 512, height: 768 }, variation: 0.1, variationSeed: 6, hires: null },
    controls: [{ model: "canny", annotator: "canny", weight: 0.7, from: 0, to: 0.5 }],
  };
  const form = { ...busy, ...formOfRestored(restored) };
  expect(form).toMatchObject({
    ...{ prompt: "a fox", style: null, picture: null, sheet: null, options: { seed: 5, steps: 9 } },
    ...{ size: { width: 512, height: 768 }, variation: 0.1, variationSeed: 6, hires: null },
    ...{ controls: [{ model: "canny", picture: null, weight: 0.7 }], count: busy.count },
  });
  // A picture that was followed is not in the text: it is asked for.
  expect(incompleteOf(form)).toBe("controls");
  expect(lacksPictures(restored)).toBe(true);
  expect(lacksPictures({ ...restored, controls: [] })).toBe(false);
  expect(lacksPictures({ ...restored, controls: [], strength: 0.5 })).toBe(true);
});

test("lines are followed where it is not known that they cannot be", () => {
  expect(canFollowLines(models, null)).toBe(true);
  expect(canFollowLines(models, "dream")).toBe(false);
  expect(canFollowLines(models, "unheard of")).toBe(true);
});
