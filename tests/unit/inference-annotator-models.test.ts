import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import { errorMessage, toAppError } from "@/lib/errors";
import { findAnnotatorModel } from "@/lib/inference/annotator-models";
import { inspectModel } from "@/lib/inference/inspect-model";
import { writeTinyAnnotator } from "../support/tiny-annotators";
import { writeTinyCheckpoint } from "../support/tiny-weights";

let folder = "";
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-annotators-"));
  await writeTinyAnnotator(at("annotators/vitpose"), "pose");
  await writeTinyAnnotator(at("annotators/zoe/deep"), "depth");
  await writeTinyAnnotator(at("elsewhere"), "depth");
  await writeFile(at("annotators/broken.safetensors"), "not a model");
  await writeTinyCheckpoint(at("esrgan.safetensors"), {
    "model.0.weight": [8, 3, 3, 3],
    "model.1.sub.0.RDB1.conv1.0.weight": [4, 8, 3, 3],
    "model.1.sub.1.weight": [8, 8, 3, 3],
  });
});
const modelsAt = (models: string) => {
  vi.stubEnv("MODELS_DIR", models);
  forgetEnv();
};
afterEach(() => {
  vi.unstubAllEnvs();
  forgetEnv();
});
afterAll(() => rm(folder, { recursive: true }));

test("the model of an annotator is found among those installed by what it is, not by its name", async () => {
  modelsAt(folder);
  expect(await findAnnotatorModel("depth")).toBe(at("annotators/zoe/deep"));
  expect(await findAnnotatorModel("pose")).toBe(at("annotators/vitpose"));
});

test("one that is named goes before, for its own annotator", async () => {
  modelsAt(folder);
  const named = [at("elsewhere"), "vitpose"];
  expect(await findAnnotatorModel("depth", named)).toBe(at("elsewhere"));
  expect(await findAnnotatorModel("pose", named)).toBe(at("annotators/vitpose"));
  expect(await findAnnotatorModel("depth", [at("elsewhere/model.safetensors")])).toBe(
    at("elsewhere/model.safetensors"),
  );
  await expect(findAnnotatorModel("depth", ["nothing"])).rejects.toMatchObject({ code: "weights_missing" });
  await expect(findAnnotatorModel("depth", [at("esrgan.safetensors")])).rejects.toMatchObject({
    ...{ code: "weights_unknown", details: { file: at("esrgan.safetensors"), seen: "upscaler" } },
  });
});

test("where none is installed, the error says what to install", async () => {
  modelsAt(at("empty"));
  for (const [annotator, install] of [
    ["depth", "Depth Anything V2 Small"],
    ["pose", "ViTPose base simple"],
  ] as const) {
    const { code, details } = toAppError(await findAnnotatorModel(annotator).catch((error) => error));
    expect(code).toBe("annotator_missing");
    for (const locale of ["en", "zh"] as const) {
      const message = errorMessage(code, details, locale);
      expect(message).toContain(install);
      expect(message).toContain(annotator);
      expect(message).toContain("models/annotators");
    }
  }
});

test("a folder of one network is inspected as the file in it", async () => {
  const inspection = await inspectModel(at("elsewhere"));
  expect(inspection).toMatchObject({
    layout: "file",
    kind: "depth",
    file: at("elsewhere/model.safetensors"),
  });
  expect(await inspectModel(at("annotators/vitpose"))).toMatchObject({
    kind: "pose",
    facts: { keypoints: 17 },
  });
});
