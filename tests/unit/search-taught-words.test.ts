import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { IS_A_TAG } from "@/lib/search/stand-out";
import { nameVocabulary } from "@/lib/search/tag-pictures";
import { findTaught, foundBy, taughtWords, toldBy } from "@/lib/search/taught-words";
import { wordScorer } from "@/lib/search/word-scorer";

const WORDS = [
  { en: "cat", zh: "猫", within: "animal" },
  { en: "Rainbow", zh: "彩虹" },
];
const PLURALS = [
  ["cats", "cat"],
  ["foxes", "fox"],
  ["dishes", "dish"],
  ["Strawberries", "strawberry"],
  ["glasses", "glasses"],
  ["bus", "bus"],
] as const;

let folder: string;
const model = () => ({ name: "taught@1", path: folder, side: 128 });

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-taught-"));
  await writeFile(path.join(folder, "vocabulary.json"), JSON.stringify({ words: WORDS }));
});
afterEach(() => rm(folder, { recursive: true }));

/** Whole numbers and halves: exact in half precision. */
const teach = (names: readonly string[], biases: readonly number[]) =>
  writeSafetensors(
    path.join(folder, "words.safetensors"),
    new Map([
      ["vectors", { dtype: "F16", shape: [2, 3], data: Float32Array.of(4, 0, 0, 0, 8, -2) }],
      ["biases", { dtype: "F32", shape: [biases.length], data: Float32Array.from(biases) }],
    ]),
    { words: JSON.stringify(names) },
  );

test("a model that was taught nothing only reads", async () => {
  expect(await taughtWords(model())).toEqual(new Map());
  expect(await findTaught(model(), "cat")).toBeUndefined();
});

test("what was taught is found in both languages, with an article or without", async () => {
  await teach(["cat", "Rainbow"], [-1, -3]);
  const cat = { vector: Float32Array.of(4, 0, 0), bias: -1 };
  for (const typed of ["cat", "a cat", "The Cat", "猫"])
    expect([typed, await findTaught(model(), typed)]).toEqual([typed, cat]);
  const rainbow = { vector: Float32Array.of(0, 8, -2), bias: -3 };
  expect(await findTaught(model(), "彩虹")).toEqual(rainbow);
  expect(await findTaught(model(), "rainbow")).toEqual(rainbow);
  expect(await findTaught(model(), "cat on a rainbow")).toBeUndefined();
});

test.each(PLURALS)("%s are what was taught as %s", async (typed, en) => {
  // The word that a rule would make of it stands beside, where there is one.
  const words = [{ en, zh: "一" }, ...["glass", "bu"].map((other) => ({ en: other, zh: other }))];
  await writeFile(path.join(folder, "vocabulary.json"), JSON.stringify({ words }));
  await writeSafetensors(
    path.join(folder, "words.safetensors"),
    new Map([
      ["vectors", { dtype: "F32", shape: [3, 1], data: Float32Array.of(1, 2, 3) }],
      ["biases", { dtype: "F32", shape: [3], data: Float32Array.of(7, 8, 9) }],
    ]),
    { words: JSON.stringify(words.map((word) => word.en)) },
  );
  expect(await findTaught(model(), typed)).toEqual({ vector: Float32Array.of(1), bias: 7 });
});

test("even odds are just told, and a unit of log-odds is half a deviation", async () => {
  const word = { vector: Float32Array.of(4, 0, 2), bias: -2 };
  expect(toldBy(word, Float32Array.of(0.5, 0.5, 0))).toBeCloseTo(IS_A_TAG, 6);
  expect(toldBy(word, Float32Array.of(1, 0, 0))).toBeCloseTo(IS_A_TAG + 1, 6);
  expect(toldBy(word, Float32Array.of(0, 1, 0))).toBeCloseTo(IS_A_TAG - 1, 6);
});

test("taught words are scored without asking the model to read anything", async () => {
  await teach(["cat", "Rainbow"], [-1, -3]);
  const scoreOf = await wordScorer(model(), ["彩虹", "a cat"]);
  const [rainbow, cat] = scoreOf(Float32Array.of(1, 0, 0));
  const picture = Float32Array.of(1, 0, 0);
  expect(rainbow).toBe(foundBy((await findTaught(model(), "rainbow"))!, picture));
  expect(cat).toBeCloseTo(IS_A_TAG + 1.5 - 0.4, 6);
});

test("vectors of other words, or too few of them, are refused", async () => {
  await teach(["Rainbow", "cat"], [-1, -3]);
  await expect(taughtWords(model())).rejects.toMatchObject({ code: "weights_damaged" });
  await teach(["cat", "Rainbow"], [-1]);
  await expect(taughtWords(model())).rejects.toMatchObject({ code: "weights_damaged" });
});

test("what pictures are told by has another name where any number of what was taught is another", async () => {
  const nameOf = (last: number) =>
    writeSafetensors(
      path.join(folder, "words.safetensors"),
      new Map([
        ["vectors", { dtype: "F32", shape: [2, 3], data: Float32Array.of(4, 0, 0, 0, 8, last) }],
        ["biases", { dtype: "F32", shape: [2], data: Float32Array.of(-1, -3) }],
      ]),
      { words: JSON.stringify(WORDS.map(({ en }) => en)) },
    ).then(() => nameVocabulary(model()));
  const [first, same, other] = [await nameOf(-2), await nameOf(-2), await nameOf(-3)];
  expect(same).toBe(first);
  expect(other).not.toBe(first);
});

test("words taught anew are read anew", async () => {
  await teach(["cat", "Rainbow"], [-1, -3]);
  expect((await findTaught(model(), "cat"))!.bias).toBe(-1);
  await teach(["cat", "Rainbow"], [-2, -3]);
  expect((await findTaught(model(), "cat"))!.bias).toBe(-2);
});
