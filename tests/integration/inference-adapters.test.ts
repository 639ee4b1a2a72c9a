import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import { closeInference, describeInference, infer } from "@/lib/inference/client";
import { inspectModel } from "@/lib/inference/inspect-model";
import type { GenerateInput } from "@/lib/inference/tasks";
import { writeTinyDiffusion } from "../support/tiny-diffusion";
import { writeTinyCheckpoint } from "../support/tiny-weights";

let folder = "";
const at = (name: string) => path.join(folder, name);
const VALUES = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_v";
const WORDS = "lora_te_text_model_encoder_layers_0_mlp_fc1";
const low = (module: string, inputs: number, outputs: number) => ({
  [`${module}.lora_down.weight`]: [2, inputs],
  [`${module}.lora_up.weight`]: [outputs, 2],
});
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-adapters-"));
  await writeTinyDiffusion(at("base"));
  await writeTinyCheckpoint(at("style.safetensors"), { ...low(VALUES, 16, 16), ...low(WORDS, 32, 64) });
  await writeTinyCheckpoint(at("more.safetensors"), {
    ...low(VALUES, 16, 16),
    ...low("lora_unet_nowhere", 16, 16),
  });
  await writeTinyCheckpoint(at("other.safetensors"), low("lora_unet_nowhere", 16, 16));
  await writeTinyCheckpoint(at("word.safetensors"), { emb_params: [2, 32] });
  await writeTinyCheckpoint(at("wide.safetensors"), { emb_params: [2, 48] });
  vi.stubEnv("INFERENCE_DEVICE", "cpu");
  forgetEnv();
});
afterAll(async () => {
  await closeInference();
  vi.unstubAllEnvs();
  forgetEnv();
  await rm(folder, { recursive: true });
});

const generate = (change: Partial<GenerateInput> = {}) =>
  infer("generate", {
    ...{ model: at("base"), prompt: "a cat and word", negativePrompt: "", width: 64, height: 64, steps: 3 },
    ...{ guidance: 5, sampler: "euler", schedule: "normal", convention: "diffusers" },
    ...{ seed: 42, count: 1, generator: "torch-cpu", ...change },
  } as GenerateInput);
const draw = async (change: Partial<GenerateInput> = {}) => (await generate(change)).pictures[0]!.picture;
const lora = (name: string, unetWeight: number, textEncoderWeight = 0) => ({
  loras: [{ path: at(`${name}.safetensors`), unetWeight, textEncoderWeight }],
});

test("a LoRA changes the picture through each network by its weight, and the base stays beside it", async () => {
  const plain = await draw();
  const inUNet = await draw(lora("style", 1));
  const inText = await draw(lora("style", 0, 1));
  expect(inUNet).not.toEqual(plain);
  expect(inText).not.toEqual(plain);
  expect(inText).not.toEqual(inUNet);
  expect(await draw(lora("style", 0))).toEqual(plain);
  expect(await draw()).toEqual(plain);
  expect((await describeInference()).hosts[0]!.residents).toHaveLength(4);
});

test("what of a LoRA does not fit is told, and one of which nothing does is refused", async () => {
  expect((await generate(lora("style", 1))).loraLeftovers).toEqual([]);
  expect((await generate(lora("more", 1))).loraLeftovers).toEqual([
    { path: at("more.safetensors"), keys: 2 },
  ]);
  await expect(draw(lora("other", 1))).rejects.toMatchObject({
    ...{ code: "lora_fits_nothing", details: { file: at("other.safetensors") } },
  });
});

test("a textual inversion stands for its word", async () => {
  const plain = await draw();
  const embeddings = [{ name: "word", path: at("word.safetensors") }];
  expect(await draw({ embeddings })).not.toEqual(plain);
  const elsewhere = [{ name: "nowhere", path: at("word.safetensors") }];
  expect(await draw({ embeddings: elsewhere })).toEqual(plain);
});

test("one of another kind of model is told by its width, and another kind of file by what it is", async () => {
  await expect(draw({ embeddings: [{ name: "w", path: at("wide.safetensors") }] })).rejects.toMatchObject({
    ...{ code: "weights_shape_mismatch", details: { layer: "emb_params", expected: 32, got: 48 } },
  });
  await expect(draw({ embeddings: [{ name: "w", path: at("style.safetensors") }] })).rejects.toMatchObject({
    ...{ code: "weights_unknown", details: { seen: "lora" } },
  });
});

test("another autoencoder, and one for previews, are models of their own", async () => {
  await writeTinyDiffusion(at("twin"));
  const plain = await draw();
  expect(await draw({ vae: at("twin/vae") })).toEqual(plain);
  const seen: number[] = [];
  await infer(
    "generate",
    {
      ...{ model: at("base"), prompt: "", negativePrompt: "", width: 64, height: 64, steps: 2, count: 2 },
      ...{ guidance: 1, sampler: "euler", schedule: "normal", convention: "diffusers", seed: 1 },
      ...{ generator: "torch-cpu", preview: at("twin"), wantsPreviews: true },
    },
    { onProgress: ({ previews }) => seen.push(previews?.length ?? 0) },
  );
  expect(seen).toEqual([2, 2]);
});

test("models are told by their headers", async () => {
  expect(await inspectModel(at("style.safetensors"))).toMatchObject({
    ...{ layout: "file", kind: "lora" },
    lora: { ranks: [2], modules: { unet: 1, textEncoders: 1 } },
  });
  expect(await inspectModel(at("word.safetensors"))).toMatchObject({ kind: "embedding" });
  expect(await inspectModel(at("base"))).toMatchObject({
    ...{ layout: "diffusers", kind: "checkpoint", family: "sd1", prediction: "epsilon" },
    parts: [
      { part: "unet", dtypes: ["F32"] },
      { part: "vae", dtypes: ["F32"] },
      { part: "text_encoder", parameters: expect.any(Number) },
    ],
  });
  await expect(inspectModel(at("nothing"))).rejects.toMatchObject({ code: "weights_missing" });
});
