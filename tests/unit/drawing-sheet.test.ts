import { describe, expect, test } from "vitest";
import { familyOf, fitsFamily } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { drawingOrder, sheetCells } from "@/lib/scenarios/text-to-image/sheet-cells";
import { textToImageInput } from "@/lib/scenarios/text-to-image/text-to-image.job";

const asked = (sheet: object, more: object = {}) => ({ prompt: "a red cat", sheet, ...more });
const cellsOf = (sheet: object, more: object = {}) =>
  sheetCells(textToImageInput.parse(asked(sheet, more)), 7).map(({ settings }) => settings);
const isAsked = (sheet: object, more: object = {}) => textToImageInput.safeParse(asked(sheet, more)).success;

describe("a sheet's cells", () => {
  test("go to the right along the first axis and down the second, each a drawing of its own", () => {
    const cells = cellsOf({ x: { of: "steps", values: [2, 4] }, y: { of: "seed", values: [1, 2] } });
    expect(cells.map(({ steps, seed }) => [steps, seed])).toEqual([
      [2, 1],
      [4, 1],
      [2, 2],
      [4, 2],
    ]);
    expect(cells.every(({ sheet, count }) => sheet === null && count === 1)).toBe(true);
  });

  test("have the job's seed where no axis says otherwise", () => {
    expect(
      cellsOf({ x: { of: "guidance", values: [0, 3] } }).map(({ seed, guidance }) => [seed, guidance]),
    ).toEqual([
      [7, 0],
      [7, 3],
    ]);
  });

  test("vary words, LoRAs, and how much is forgotten of a picture", () => {
    expect(
      cellsOf({
        x: { of: "prompt", values: ["red", "blue"] },
        y: { of: "prompt", values: ["cat", "dog"] },
      }).map(({ prompt }) => prompt),
    ).toEqual(["a red cat", "a blue cat", "a red dog", "a blue dog"]);
    const loras = [{ name: "momo", weight: 1 }];
    expect(cellsOf({ x: { of: "lora", name: "mosaic", values: [0.5] } }, { loras })[0]?.loras).toEqual([
      ...loras,
      { name: "mosaic", weight: 0.5 },
    ]);
    expect(cellsOf({ x: { of: "lora", name: "momo", values: [0.5] } }, { loras })[0]?.loras).toEqual([
      { name: "momo", weight: 0.5 },
    ]);
    const from = { picture: "5f0c1c4e-6a0e-4b6c-8f5e-1e2d3c4b5a69", strength: 0.6 };
    expect(
      cellsOf({ x: { of: "strength", values: [0.3, 0.9] } }, { from }).map((cell) => cell.from?.strength),
    ).toEqual([0.3, 0.9]);
  });

  test("are drawn so that each model is opened once", () => {
    const cells = sheetCells(
      textToImageInput.parse(
        asked({ x: { of: "model", values: ["one", "two"] }, y: { of: "seed", values: [1, 2] } }),
      ),
      7,
    );
    expect(drawingOrder(cells)).toEqual([0, 2, 1, 3]);
  });
});

describe("a sheet is refused", () => {
  test("that has too many cells, one setting twice, or one value twice", () => {
    const seeds = (count: number) => ({ of: "seed", values: Array.from({ length: count }, (_, i) => i) });
    const steps = (count: number) => ({
      of: "steps",
      values: Array.from({ length: count }, (_, i) => i + 1),
    });
    expect(isAsked({ x: seeds(8), y: steps(3) })).toBe(true);
    expect(isAsked({ x: seeds(5), y: steps(5) })).toBe(false);
    expect(isAsked({ x: seeds(9) })).toBe(false);
    expect(isAsked({ x: seeds(2), y: seeds(2) })).toBe(false);
    expect(isAsked({ x: { of: "steps", values: [4, 4] } })).toBe(false);
  });

  test("that weighs one LoRA in both directions; two LoRAs are two settings", () => {
    const lora = (name: string) => ({ of: "lora", name, values: [0, 1] });
    expect(isAsked({ x: lora("momo"), y: lora("momo") })).toBe(false);
    expect(isAsked({ x: lora("momo"), y: lora("mosaic") })).toBe(true);
  });

  test("that replaces a word which nobody asked for, or forgets a picture that is not there", () => {
    expect(isAsked({ x: { of: "prompt", values: ["dog", "cat"] } })).toBe(false);
    expect(isAsked({ x: { of: "prompt", values: ["dog", "cat"] } }, { negativePrompt: "a dog" })).toBe(true);
    expect(isAsked({ x: { of: "strength", values: [0.5] } })).toBe(false);
  });
});

test("a LoRA goes with checkpoints of its own family; what does not say is let through", () => {
  const models: DrawingModels = {
    checkpoints: [
      { id: "seedling", family: "seedling", settings: {}, canDrawCodes: true },
      { id: "dream", family: "sd1", settings: {}, canDrawCodes: false },
    ],
    loras: [],
    usual: "dream",
  };
  expect(familyOf(models, null)).toBe("sd1");
  expect(familyOf(models, "seedling")).toBe("seedling");
  expect(familyOf(models, "gone")).toBeNull();
  expect(fitsFamily({ family: "seedling" }, "sd1")).toBe(false);
  expect(fitsFamily({ family: "sd1" }, "sd1")).toBe(true);
  expect(fitsFamily({ family: null }, "sd1")).toBe(true);
  expect(fitsFamily({ family: "sdxl" }, null)).toBe(true);
});
