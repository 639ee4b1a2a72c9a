import { expect, test } from "vitest";
import { drawnWith } from "@/app/(library)/_lightbox/drawn-with";
import { drawingOptions } from "@/lib/drawing/drawing.input";
import { textToImageInput } from "@/lib/scenarios/text-to-image/text-to-image.job";

const restored = {
  prompt: "a cat, gold",
  options: drawingOptions.parse({ model: "dream", steps: 20, sampler: "dpmpp-2m", guidance: 7, seed: 3 }),
} as Parameters<typeof drawnWith>[1];

test("what was asked for goes first; what was left to the model is what the file says", () => {
  const asked = textToImageInput.parse({ prompt: "a cat", seed: 5, guidance: 0, negativePrompt: "dark" });
  expect(drawnWith(asked, restored)).toEqual({
    ...{ prompt: "a cat", negative: "dark", model: "dream", seed: 5, steps: 20 },
    ...{ sampler: "DPM++ 2M", guidance: 0 },
  });
});

test("a picture of another program tells what its file says", () => {
  expect(drawnWith(null, restored)).toMatchObject({ prompt: "a cat, gold", negative: null, seed: 3 });
});

test("what was not drawn from words has no such facts, and nonsense is left out", () => {
  expect(drawnWith({ text: "https://example.com" }, null)).toBeNull();
  expect(drawnWith(null, null)).toBeNull();
  expect(drawnWith({ prompt: "a cat", steps: "many", sampler: "none" }, null)).toMatchObject({
    ...{ prompt: "a cat", steps: null, sampler: null },
  });
});
