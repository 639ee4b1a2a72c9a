import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyWeights } from "@/lib/engine/prompt/apply-weights";
import { chunkPrompt, type PromptChunk } from "@/lib/engine/prompt/chunk-prompt";
import { standardClipJson } from "@/lib/engine/prompt/clip-tokenizer";
import { parseEmphasis } from "@/lib/engine/prompt/parse-emphasis";
import { readClipMerges } from "@/lib/engine/prompt/read-clip-merges";
import { tokenizerFrom } from "@/lib/engine/prompt/tokenizer";
import { tensor } from "@/lib/engine/tensor";

const json = standardClipJson(await readClipMerges());
const sd1 = tokenizerFrom({ tokenizer: json });
const sd2 = tokenizerFrom({ tokenizer: json, config: { pad_token: "!" } });
const START = 49406;
const END = 49407;
const [CAT] = sd1.encode("cat");
const [COMMA] = sd1.encode(",");

const chunk = (prompt: string, options = {}, tokenizer = sd1) =>
  chunkPrompt(parseEmphasis(prompt), tokenizer, options);
/** Tokens of a chunk without start, end and padding. */
const inner = ({ ids }: PromptChunk) => ids.slice(1, ids.indexOf(END));
const cats = (n: number) => Array.from({ length: n }, () => "cat").join(" ");

describe("chunks", () => {
  test("an empty prompt is start and end padding", () => {
    const { chunks, tokenCount } = chunk("");
    expect(chunks).toEqual([
      { ids: [START, ...Array(76).fill(END)], weights: Array(77).fill(1), replacements: [] },
    ]);
    expect(tokenCount).toBe(0);
  });

  test("OpenCLIP pads with 0 behind one end", () => {
    expect(chunk("cat", {}, sd2).chunks[0]!.ids).toEqual([START, CAT, END, ...Array(74).fill(0)]);
  });

  test("weights lie on their tokens", () => {
    const { chunks } = chunk("cat (cat cat:1.5) [cat]");
    expect(chunks[0]!.weights.slice(0, 6)).toEqual([1, 1, 1.5, 1.5, 1 / 1.1, 1]);
  });

  test("75 tokens are one chunk, 76 are two", () => {
    expect(chunk(cats(75)).chunks.map((c) => inner(c).length)).toEqual([75]);
    expect(chunk(cats(76)).chunks.map((c) => inner(c).length)).toEqual([75, 1]);
    expect(chunk(cats(76)).tokenCount).toBe(76);
    for (const { ids, weights } of chunk(cats(200)).chunks)
      expect([ids.length, weights.length]).toEqual([77, 77]);
  });

  test("what follows a near comma moves on, weights with it", () => {
    const { chunks } = chunk(`${cats(60)}, (${cats(20)}:1.5)`);
    expect(chunks.map((c) => inner(c).length)).toEqual([61, 20]);
    expect(inner(chunks[0]!).at(-1)).toBe(COMMA);
    expect(chunks[1]!.weights.slice(0, 22)).toEqual([1, ...Array(20).fill(1.5), 1]);
    expect(chunks[0]!.weights).toEqual(Array(77).fill(1));
  });

  test.each([
    // Tokens before the comma, those of the first chunk.
    [54, 75],
    [55, 56],
    [74, 75],
    [75, 75],
  ])("a comma behind %i tokens leaves %i in the first chunk", (before, first) => {
    expect(inner(chunk(`${cats(before)}, ${cats(40)}`).chunks[0]!).length).toBe(first);
  });

  test("a comma that itself no longer fits moves nothing", () => {
    const { chunks } = chunk(`${cats(60)}, ${cats(14)}, cat`);
    expect(chunks.map((c) => inner(c).length)).toEqual([75, 2]);
  });

  test("backtracking can be off", () => {
    expect(inner(chunk(`${cats(60)}, ${cats(20)}`, { commaBacktrack: 0 }).chunks[0]!).length).toBe(75);
  });

  test("BREAK starts a chunk, at the end it starts none", () => {
    expect(chunk("cat BREAK cat cat").chunks.map((c) => inner(c).length)).toEqual([1, 2]);
    expect(chunk("BREAK cat").chunks.map((c) => inner(c).length)).toEqual([0, 1]);
    expect(chunk("cat BREAK").chunks.map((c) => inner(c).length)).toEqual([1]);
    expect(chunk("cat BREAK cat cat").tokenCount).toBe(77);
  });

  test("a word without end is cut like any other", () => {
    const { chunks } = chunk("pneumonoultramicroscopicsilicovolcanoconiosis".repeat(20));
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.flatMap(inner)).toEqual(
      sd1.encode("pneumonoultramicroscopicsilicovolcanoconiosis".repeat(20)),
    );
  });

  test("of any prompt hold all its tokens in order", () => {
    const words = fc.array(
      fc.constantFrom("cat", ",", "(dog:1.2)", "猫", "😀", "a very long thing, with parts"),
      {
        maxLength: 120,
      },
    );
    fc.assert(
      fc.property(words, (given) => {
        const parts = parseEmphasis(given.join(" "));
        const all = parts.flatMap((part) => (part === "break" ? [] : sd1.encode(part.text)));
        const { chunks } = chunkPrompt(parts, sd1);
        expect(chunks.flatMap(inner)).toEqual(all);
        for (const { ids } of chunks) expect(ids.length).toBe(77);
      }),
    );
  });
});

describe("textual inversion", () => {
  const embeddings = new Map([
    ["cat", { vectors: 3 }],
    ["cat style", { vectors: 2 }],
    ["EasyNegative", { vectors: 8 }],
    ["big", { vectors: 75 }],
  ]);
  const at = (c: PromptChunk) => c.replacements.map((r) => [r.position, r.embedding, r.vector]);

  test("its vectors stand where its name stood", () => {
    const { chunks } = chunk("a (cat:1.5) dog", { embeddings });
    expect(at(chunks[0]!)).toEqual([
      [2, "cat", 0],
      [3, "cat", 1],
      [4, "cat", 2],
    ]);
    expect(chunks[0]!.ids.slice(2, 5)).toEqual([0, 0, 0]);
    expect(chunks[0]!.weights.slice(1, 7)).toEqual([1, 1.5, 1.5, 1.5, 1, 1]);
    expect(inner(chunks[0]!).at(-1)).toBe(sd1.encode("dog")[0]);
  });

  test("the longest name wins, case does not matter", () => {
    const { chunks } = chunk("CAT STYLE, easynegative", { embeddings });
    expect(at(chunks[0]!).map(([, name]) => name)).toEqual([
      "cat style",
      "cat style",
      ...Array(8).fill("EasyNegative"),
    ]);
  });

  test("is never cut: it moves to the next chunk, alone or behind its comma", () => {
    const cut = chunk(`${"dog ".repeat(74)} cat`, { embeddings }).chunks;
    expect(cut.map(at)).toEqual([
      [],
      [
        [1, "cat", 0],
        [2, "cat", 1],
        [3, "cat", 2],
      ],
    ]);
    const moved = chunk(`${"dog ".repeat(70)}, cat dog dog`, { embeddings }).chunks;
    expect(moved.map(at)).toEqual([
      [],
      [
        [1, "cat", 0],
        [2, "cat", 1],
        [3, "cat", 2],
      ],
    ]);
    expect(moved.map((c) => inner(c).length)).toEqual([71, 5]);
  });

  test("may fill a chunk, not more", () => {
    expect(at(chunk("dog big", { embeddings }).chunks[1]!).length).toBe(75);
    for (const vectors of [0, 76])
      expect(() => chunk("x", { embeddings: new Map([["y", { vectors }]]) })).toThrow(
        expect.objectContaining({ code: "prompt_invalid" }),
      );
  });
});

describe("weights on embeddings", () => {
  const golden = JSON.parse(readFileSync("tests/golden/prompt/golden.json", "utf8"));
  const embeddings = tensor(
    golden.shape,
    Float32Array.from(
      { length: 3 * 77 * 4 },
      (_, i) => Number((BigInt(i) * 2654435761n) % 2n ** 32n) / 2 ** 32 - 0.4,
    ),
  );
  const chunks: PromptChunk[] = golden.weights.map((weights: number[]) => ({
    ids: Array(77).fill(0),
    weights,
    replacements: [],
  }));
  const farthest = (a: Float32Array, b: readonly number[]) =>
    Math.max(...b.map((value, i) => Math.abs(value - a[i]!)));

  test.each([
    ["original", "original"],
    ["no-norm", "noNorm"],
  ] as const)("%s", (mode, name) => {
    const result = applyWeights(embeddings, chunks, mode);
    expect(result.shape).toEqual(golden.shape);
    expect(farthest(result.data, golden[name])).toBeLessThanOrEqual(1e-6);
  });

  test("all 1 change nothing, a chunk of 1 stays as it was", () => {
    const plain = chunks.map((c) => ({ ...c, weights: Array(77).fill(1) }));
    expect(applyWeights(embeddings, plain)).toBe(embeddings);
    const middle = [77 * 4, 2 * 77 * 4] as const;
    expect(applyWeights(embeddings, chunks).data.slice(...middle)).toEqual(embeddings.data.slice(...middle));
  });

  test("does not write to its input", () => {
    const copy = embeddings.data.slice();
    applyWeights(embeddings, chunks);
    expect(embeddings.data).toEqual(copy);
  });

  test("a mean of nothing gives numbers", () => {
    const zero = tensor(golden.shape, new Float32Array(3 * 77 * 4));
    expect(applyWeights(zero, chunks).data.every((value) => Object.is(Math.abs(value), 0))).toBe(true);
  });

  test("another shape is refused", () => {
    expect(() => applyWeights(embeddings, chunks.slice(1))).toThrow(
      expect.objectContaining({ code: "shape_mismatch" }),
    );
  });
});
