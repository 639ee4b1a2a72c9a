import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { readLoraCard } from "@/lib/inference/lora-card";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-lora-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function lora(name: string, metadata: Record<string, string>, card?: string) {
  const file = path.join(folder, `${name}.safetensors`);
  const alpha = { dtype: "F32", shape: [], data: () => Float32Array.of(1) } as const;
  await writeSafetensors(file, new Map([["lora_unet_conv_in.alpha", alpha]]), metadata);
  if (card !== undefined) await writeFile(path.join(folder, `${name}.json`), card);
  return readLoraCard({ name, path: file });
}

const frequent = { ss_tag_frequency: JSON.stringify({ a: { hat: 3, "ohwx girl": 40 }, b: { hat: 5 } }) };
const phrase = { "modelspec.trigger_phrase": "ohwx" };

test("its card comes before its file's phrase, the phrase before its most frequent word", async () => {
  const card = JSON.stringify({ "activation text": " Momo ", "preferred weight": 0.7 });
  expect(await lora("carded", { ...frequent, ...phrase }, card)).toMatchObject({
    ...{ trigger: "Momo", weight: 0.7, draws: null, title: null },
  });
  expect(await lora("phrased", { ...frequent, ...phrase })).toMatchObject({ trigger: "ohwx", weight: 1 });
  expect(await lora("counted", frequent)).toMatchObject({ trigger: "ohwx girl" });
  expect(await lora("silent", {})).toMatchObject({ trigger: null, weight: 1 });
});

test("a card that makes no sense is not there; one that chooses no weight means 1", async () => {
  expect(await lora("broken", phrase, "{")).toMatchObject({ trigger: "ohwx" });
  const odd = { "activation text": 7, "preferred weight": 99, studio: { draws: "cats" } };
  expect(await lora("odd", phrase, JSON.stringify(odd))).toEqual({
    ...{ trigger: "ohwx", weight: 1, draws: null, title: null },
  });
  expect(await lora("unset", {}, JSON.stringify({ "preferred weight": 0 }))).toMatchObject({ weight: 1 });
});

test("who ships has a name in both languages", async () => {
  const momo = path.resolve("models/seedling/loras/momo.safetensors");
  expect(await readLoraCard({ name: "momo", path: momo })).toEqual({
    ...{ trigger: "Momo", weight: 1, draws: "character", title: { en: "Momo", zh: "桃桃" } },
  });
});
