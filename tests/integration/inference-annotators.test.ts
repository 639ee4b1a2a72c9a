import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Picture, picture } from "@/lib/engine/picture";
import { openUpscaler } from "@/lib/engine/pipelines/upscale";
import { forgetEnv } from "@/lib/env";
import { closeInference, describeInference, infer } from "@/lib/inference/client";
import type { ControlInput, GenerateInput } from "@/lib/inference/tasks";
import { writeTinyAnnotator } from "../support/tiny-annotators";
import { readPipelineGolden, writeTinyControlNet, writeTinyDiffusion } from "../support/tiny-diffusion";
import { writeTinyCheckpoint } from "../support/tiny-weights";

const golden = await readPipelineGolden();
let folder = "";
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-annotators-"));
  await writeTinyDiffusion(at("diffusion"));
  await writeTinyControlNet(at("control"), "control-a:");
  await writeTinyAnnotator(at("depth"), "depth");
  await writeTinyAnnotator(at("pose"), "pose");
  const [{ shapes }] = JSON.parse(await readFile("tests/golden/models/srvgg.json", "utf8")).cases;
  await writeTinyCheckpoint(at("upscaler.safetensors"), shapes);
});
afterAll(() => rm(folder, { recursive: true }));

function settings(variables: Readonly<Record<string, string>> = {}): void {
  vi.stubEnv("INFERENCE_DEVICE", "cpu");
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  forgetEnv();
}
afterEach(async () => {
  await closeInference();
  vi.unstubAllEnvs();
  forgetEnv();
});

const residents = async () =>
  (await describeInference()).hosts[0]!.residents.map(({ model }) => path.basename(model));
const photo = (width: number, height: number): Picture =>
  picture(
    width,
    height,
    Uint8ClampedArray.from({ length: width * height * 3 }, (_, i) => (i * i) % 251),
  );

describe("upscaling", () => {
  const model = () => at("upscaler.safetensors");

  test("gives what the model gives, tile by tile, and finds it in memory the second time", async () => {
    settings();
    const source = photo(300, 40);
    const upscaler = await openUpscaler(model(), { kind: "cpu" });
    const expected = await upscaler.upscale(source);
    await upscaler.release();
    const heard: number[][] = [];
    const made = await infer(
      "upscale",
      { model: model(), picture: source },
      { onProgress: ({ tile, of }) => heard.push([tile, of]) },
    );
    expect([made.picture.width, made.picture.height, made.scale]).toEqual([1200, 160, 4]);
    expect(made.picture).toEqual(expected);
    expect(heard).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(await residents()).toEqual(["upscaler.safetensors"]);
    const pid = (await describeInference()).hosts[0]!.pid;
    expect((await infer("upscale", { model: model(), picture: source })).picture).toEqual(expected);
    expect((await describeInference()).hosts[0]!.pid).toBe(pid);
  });

  test("stops between two tiles, and the host goes on", async () => {
    settings();
    const stop = new AbortController();
    const heard: number[] = [];
    const stopped = infer(
      "upscale",
      { model: model(), picture: photo(900, 300) },
      {
        signal: stop.signal,
        onProgress: ({ tile }) => {
          heard.push(tile);
          stop.abort(new Error("enough"));
        },
      },
    );
    await expect(stopped).rejects.toThrow("enough");
    const { picture: after } = await infer("upscale", { model: model(), picture: photo(8, 8) });
    expect([after.width, heard]).toEqual([32, [1]]);
  });

  test("of what is no upscaler, or to more than can be held, is refused", async () => {
    settings();
    const refused = infer("upscale", { model: at("depth/model.safetensors"), picture: photo(8, 8) });
    await expect(refused).rejects.toMatchObject({
      code: "weights_unknown",
      details: { seen: "depth (transformers)" },
    });
    await expect(infer("upscale", { model: model(), picture: picture(8192, 2048) })).rejects.toMatchObject({
      code: "size_invalid",
    });
  });
});

describe("a control that a network annotates", () => {
  const request = (controls: readonly ControlInput[]): GenerateInput => ({
    ...{ model: at("diffusion"), prompt: golden.prompt, negativePrompt: golden.negative, controls },
    ...{ width: golden.size, height: golden.size, steps: 2, guidance: 7.5 },
    ...{ sampler: "euler", schedule: "normal", convention: "diffusers" },
    ...{ seed: 42, count: 1, generator: "torch-cpu" },
  });
  const control = (annotator: ControlInput["annotator"], annotatorModel?: string): ControlInput => ({
    ...{ model: at("control"), annotator, picture: photo(40, 30) },
    ...(annotatorModel !== undefined && { annotatorModel }),
    ...{ weight: 1, from: 0, to: 1, guess: false },
  });
  const draw = async (...controls: ControlInput[]) =>
    (await infer("generate", request(controls))).pictures[0]!.picture;

  test("steers by its hint, and its model stays beside the one that draws", async () => {
    settings();
    const plain = await draw(control("none"));
    const deep = await draw(control("depth", at("depth")));
    const posed = await draw(control("pose", at("pose")));
    expect(deep.data).not.toEqual(plain.data);
    expect(posed.data).not.toEqual(plain.data);
    expect(posed.data).not.toEqual(deep.data);
    expect((await residents()).sort()).toEqual(["depth", "diffusion", "pose"]);
    expect(await draw(control("depth", at("depth/model.safetensors")))).toEqual(deep);
  });

  test("makes room for the one that draws where both are too much", async () => {
    settings();
    // With its decoder of 256 channels it takes up 4.3 MB, the one that draws with its ControlNet 7.3.
    await writeTinyAnnotator(at("classic"), "pose", { index: 1 });
    const undisturbed = await draw(control("pose", at("classic")));
    expect((await residents()).sort()).toEqual(["classic", "diffusion"]);
    await closeInference();
    settings({ INFERENCE_MEMORY_MB: "8" });
    expect(await draw(control("pose", at("classic")))).toEqual(undisturbed);
    expect(await residents()).toEqual(["diffusion"]);
  });

  test("without a network is refused, with what to install", async () => {
    settings();
    await expect(draw(control("depth"))).rejects.toMatchObject({
      ...{ code: "annotator_missing", details: { annotator: "depth", install: "Depth Anything V2 Small" } },
    });
  });
});
