import { expect, test } from "vitest";
import { sessionOf, sessionsAfter } from "@/lib/inference/sessions";
import type { ControlInput, GenerateInput } from "@/lib/inference/tasks";

const request: GenerateInput = {
  ...{ model: "/m/a", prompt: "a cat", negativePrompt: "", width: 64, height: 64, steps: 4, guidance: 7 },
  ...{ sampler: "euler", schedule: "normal", convention: "diffusers" },
  ...{ seed: 42, count: 1, generator: "torch-cpu" },
};
const key = (change: Partial<GenerateInput>) => sessionOf("generate", { ...request, ...change })?.key;
const picture = { width: 8, height: 8, data: new Uint8ClampedArray(192) };
const control: ControlInput = {
  ...{ model: "/c/a", annotator: "none", picture, weight: 1, from: 0, to: 1, guess: false },
};
const lora = { path: "/l/a", unetWeight: 1, textEncoderWeight: 1 };

test.each<Partial<GenerateInput>>([
  { prompt: "a dog", negativePrompt: "cats" },
  { seed: 7, count: 4, steps: 20, sampler: "dpmpp-2m", guidance: 1 },
  { width: 128, height: 128 },
  { controls: [] },
])("a session is shared by requests that differ in %j", (change) => {
  expect(key(change)).toBe(key({}));
});

test.each<Partial<GenerateInput>>([
  { model: "/m/b" },
  { prediction: "v_prediction" },
  { vae: "/v/a" },
  { preview: "/v/small" },
  { loras: [lora] },
  { embeddings: [{ name: "a", path: "/e/a" }] },
  { controls: [control] },
])("a session is another one where requests differ in %j", (change) => {
  expect(key(change)).not.toBe(key({}));
});

test("a ControlNet that is used twice is opened once, however it is used", () => {
  const twice = { controls: [control, { ...control, weight: 0.5 }] };
  expect(key(twice)).toBe(key({ controls: [control] }));
  expect(key({ loras: [lora] })).not.toBe(key({ loras: [{ ...lora, unetWeight: 0.5 }] }));
});

test("a host holds the last that it served of each model, as many as it says it has", () => {
  const a1 = { model: "a", key: "a1" };
  const a2 = { model: "a", key: "a2" };
  const b = { model: "b", key: "b" };
  const resident = (model: string) => ({ model, sizeBytes: 1 });
  const after = (used: typeof b | null, ...models: string[]) =>
    sessionsAfter([a1, b, a2], used, models.map(resident));
  expect(after(null, "a", "b", "a")).toEqual([a1, b, a2]);
  expect(after(a1, "b", "a", "a")).toEqual([b, a2, a1]);
  expect(after(a1, "a")).toEqual([a1]);
  expect(after(null, "b", "a")).toEqual([b, a2]);
  expect(after(null, "a", "other")).toEqual([a2]);
  expect(after(null)).toEqual([]);
});
