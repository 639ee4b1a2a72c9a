import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCheckpoint } from "@/lib/engine/layouts/open-checkpoint";
import { stackLoras } from "@/lib/engine/lora/stack-loras";
import type { Conditioning, PromptRequest } from "@/lib/engine/pipelines/conditioning";
import { type ConditioningOptions, openConditioning } from "@/lib/engine/pipelines/open-conditioning";
import { tensor } from "@/lib/engine/tensor";
import { testDevice } from "../support/engine-device";
import { readPipelineGolden, writeTinyPipeline } from "../support/tiny-diffusion";
import { tinyValues } from "../support/tiny-weights";

const { parts, scheduler } = await readPipelineGolden("pipelines-xl");
const { controlnet: _none, ...networks } = parts;
/** Numbers a token: the first text encoder's and the second's. */
const [FIRST, SECOND] = [64, 128];
let folder = "";
let conditioning: Conditioning;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "mosaiq-conditioning-xl-"));
  await writeTinyPipeline(folder, { parts: networks, scheduler });
  conditioning = await open();
});
afterAll(async () => {
  await conditioning.release();
  await rm(folder, { recursive: true, force: true });
});

const open = async (options: Partial<ConditioningOptions> = {}): Promise<Conditioning> =>
  openConditioning(await openCheckpoint(folder), testDevice, { patches: await stackLoras([]), ...options });

/** What a prompt says in each of four steps. */
async function read(request: Partial<PromptRequest>, reader: Conditioning = conditioning) {
  const whole = { text: "", side: "positive", steps: 4, width: 64, height: 96, ...request } as const;
  const at = await reader.read({ convention: "k-diffusion", ...whole });
  return [0, 1, 2, 3].map(at);
}

/** What of a context the two encoders say: [first, second], token by token. */
function halves(context: { readonly data: Float32Array }): [number[], number[]] {
  const numbers = [...context.data];
  const own = (first: boolean) => numbers.filter((_, i) => i % (FIRST + SECOND) < FIRST === first);
  return [own(true), own(false)];
}

test("sizes are told height first, without a crop", async () => {
  const [condition] = await read({ text: "a cat" });
  expect([...condition!.added!.timeIds.data]).toEqual([96, 64, 0, 0, 96, 64]);
});

test("the vector for the whole text is its first chunk's", async () => {
  const [alone] = await read({ text: "a cat" });
  const [both] = await read({ text: "a cat BREAK a dog" });
  const [dog] = await read({ text: "a dog" });
  expect(both!.context.shape).toEqual([1, 154, FIRST + SECOND]);
  expect(both!.added!.textEmbeds.data).toEqual(alone!.added!.textEmbeds.data);
  expect(both!.added!.textEmbeds.data).not.toEqual(dog!.added!.textEmbeds.data);
});

test("editing by steps changes the vector with the text", async () => {
  const [before, , , after] = await read({ text: "a [cat:dog:0.5]" });
  const [cat] = await read({ text: "a cat" });
  const [dog] = await read({ text: "a dog" });
  expect(before!.added!.textEmbeds.data).toEqual(cat!.added!.textEmbeds.data);
  expect(after!.added!.textEmbeds.data).toEqual(dog!.added!.textEmbeds.data);
});

test("emphasis keeps each encoder's own mean, and leaves the vector alone", async () => {
  const [plain] = await read({ text: "a cat" });
  const [strong] = await read({ text: "a (cat:1.5)" });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(strong!.context.data).not.toEqual(plain!.context.data);
  for (const i of [0, 1] as const)
    expect(mean(halves(strong!.context)[i])).toBeCloseTo(mean(halves(plain!.context)[i]), 5);
  expect(strong!.added!.textEmbeds.data).toEqual(plain!.added!.textEmbeds.data);
});

test("nothing but an empty negative prompt is silence", async () => {
  const isSilent = async (side: PromptRequest["side"], text: string) => {
    const [condition] = await read({ side, text });
    return [condition!.context, condition!.added!.textEmbeds].map(({ data }) => data.every((n) => n === 0));
  };
  expect(await isSilent("negative", "")).toEqual([true, true]);
  expect(await isSilent("positive", "")).toEqual([false, false]);
  expect(await isSilent("negative", "dark")).toEqual([false, false]);
});

test("an embedding needs vectors for both encoders", async () => {
  const vectors = (name: string, width: number) =>
    new Map([["mosaiq", tensor([2, width], tinyValues(name, [2, width]))]]);
  const [embeddings, embeddings2] = [vectors("l", FIRST), vectors("g", SECOND)];
  const text = "a mosaiq cat";
  const [plain] = await read({ text });
  const readWith = async (options: Partial<ConditioningOptions>) => {
    const reader = await open(options);
    const [condition] = await read({ text }, reader);
    await reader.release();
    return condition!;
  };
  const half = await readWith({ embeddings });
  const whole = await readWith({ embeddings, embeddings2 });
  expect(half.context.data).toEqual(plain!.context.data);
  for (const i of [0, 1] as const) expect(halves(whole.context)[i]).not.toEqual(halves(plain!.context)[i]);
});
