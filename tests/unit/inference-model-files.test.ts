import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import {
  defaultCheckpoint,
  findModel,
  listModels,
  resolveModel,
  SHIPPED_FAMILY,
} from "@/lib/inference/model-files";

let folder = "";
const at = (name: string) => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mosaiq-models-"));
  for (const file of [
    "checkpoints/Dream Shaper.safetensors",
    "checkpoints/sd15/v1-5-pruned.safetensors",
    "checkpoints/tiny/model_index.json",
    "checkpoints/tiny/unet/config.json",
    "checkpoints/notes.txt",
    "controlnet/canny/config.json",
    "loras/one/style.safetensors",
    "loras/two/style.safetensors",
    "vae/taesd.safetensors",
  ]) {
    mkdirSync(path.dirname(at(file)), { recursive: true });
    writeFileSync(at(file), "");
  }
  vi.stubEnv("MODELS_DIR", folder);
  forgetEnv();
});
afterAll(() => {
  vi.unstubAllEnvs();
  forgetEnv();
  rmSync(folder, { recursive: true });
});

describe("a model by its name", () => {
  test.each([
    ["Dream Shaper", "checkpoint", "checkpoints/Dream Shaper.safetensors"],
    ["dream shaper.safetensors", "checkpoint", "checkpoints/Dream Shaper.safetensors"],
    ["sd15/v1-5-pruned", "checkpoint", "checkpoints/sd15/v1-5-pruned.safetensors"],
    ["sd15\\v1-5-pruned", "checkpoint", "checkpoints/sd15/v1-5-pruned.safetensors"],
    ["v1-5-pruned", "checkpoint", "checkpoints/sd15/v1-5-pruned.safetensors"],
    ["tiny", "checkpoint", "checkpoints/tiny"],
    ["canny", "controlnet", "controlnet/canny"],
    ["two/style", "lora", "loras/two/style.safetensors"],
    ["taesd", "vae", "vae/taesd.safetensors"],
  ] as const)("%s is found among %ss", async (name, kind, file) => {
    expect(await findModel(name, kind)).toBe(at(file));
    expect(await resolveModel(name, kind)).toBe(at(file));
  });

  test("one that is not there is told with names like it", async () => {
    await expect(findModel("dreamshaper", "checkpoint")).rejects.toMatchObject({
      name: "EngineError",
      code: "weights_missing",
      details: { file: "dreamshaper", kind: "checkpoint", nearest: expect.stringMatching(/^Dream Shaper, /) },
    });
    const none = await findModel("anything", "embedding").catch((error) => error.details);
    expect(none).toEqual({ file: "anything", kind: "embedding" });
  });

  test.each(["", "..", "../loras/one/style", "/etc/hostname", "sd15"])("%j is no name", async (name) => {
    await expect(findModel(name, "checkpoint")).rejects.toMatchObject({ code: "weights_missing" });
  });
});

test("a path leads where it leads", async () => {
  expect(await resolveModel(at("checkpoints/notes.txt"), "lora")).toBe(at("checkpoints/notes.txt"));
  expect(await resolveModel("package.json", "lora")).toBe(path.resolve("package.json"));
  await expect(resolveModel("", "checkpoint")).rejects.toMatchObject({ code: "weights_missing" });
});

test("a part of a pipeline is no checkpoint of its own, and other files are none", async () => {
  const names = (await listModels("checkpoint")).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["Dream Shaper", "sd15/v1-5-pruned", "tiny"]));
  expect(names).not.toContain("notes.txt");
  expect(names).not.toContain("tiny/unet");
});

describe("what is drawn with where nobody chooses", () => {
  const asked = async (name: string) => {
    vi.stubEnv("DEFAULT_MODEL", name);
    forgetEnv();
    return defaultCheckpoint();
  };

  test("is the model that ships, whatever else is installed", async () => {
    expect(await asked("")).toEqual({ name: SHIPPED_FAMILY, path: path.resolve("models/seedling") });
  });

  test("is the operator's, where they name one", async () => {
    const model = { name: "sd15/v1-5-pruned", path: at("checkpoints/sd15/v1-5-pruned.safetensors") };
    expect(await asked("V1-5-pruned")).toEqual(model);
  });

  test("is told by its name where the operator's is not there", async () => {
    await expect(asked("gone")).rejects.toMatchObject({ code: "weights_missing", details: { file: "gone" } });
  });
});
