import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { describeInference, infer } from "@/lib/inference/client";
import { ownModels } from "../support/own-models";
import { cosine, readClipGolden, writeTinyClip } from "../support/tiny-clip";
import { waves } from "../support/waves";

const { clip: golden, sizes } = await readClipGolden();
const at = ownModels((folder) => writeTinyClip(path.join(folder, "tiny"), "clip"));
let model = "";
beforeAll(() => {
  model = path.join(at(), "tiny");
});

const texts = Object.keys(golden.texts);
const pictures = Array.from({ length: 20 }, (_, i) => waves(...sizes[i % sizes.length]!));

test("texts and pictures come back as the reference's vectors, in their order, told as they are done", async () => {
  const heard: number[][] = [];
  const onProgress = ({ done, of }: { done: number; of: number }) => heard.push([done, of]);
  const made = await infer("embed", { model, texts, pictures }, { onProgress });
  expect([made.texts.length, made.pictures.length]).toEqual([texts.length, pictures.length]);
  for (const [i, text] of texts.entries())
    expect(cosine(made.texts[i]!, golden.texts[text]!)).toBeGreaterThan(0.99999);
  for (const [i, row] of made.pictures.entries())
    expect(cosine(row, golden.pictures[i % sizes.length]!)).toBeGreaterThan(0.99999);
  expect(heard).toEqual([
    [3, 23],
    [19, 23],
    [23, 23],
  ]);
  const [host] = (await describeInference()).hosts;
  expect(host!.residents.map((resident) => resident.model)).toEqual([model]);
});

test("stops between two batches", async () => {
  const stop = new AbortController();
  const stopped = infer(
    "embed",
    { model, texts: [], pictures },
    { signal: stop.signal, onProgress: () => stop.abort(new Error("enough")) },
  );
  await expect(stopped).rejects.toThrow("enough");
  expect((await infer("embed", { model, texts: ["dog"], pictures: [] })).texts).toHaveLength(1);
});
