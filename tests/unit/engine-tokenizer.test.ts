import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { standardClipJson } from "@/lib/engine/prompt/clip-tokenizer";
import { openStandardTokenizer, openTokenizer } from "@/lib/engine/prompt/open-tokenizer";
import { readClipMerges } from "@/lib/engine/prompt/read-clip-merges";
import { tokenizerFrom } from "@/lib/engine/prompt/tokenizer";

const golden = JSON.parse(readFileSync("tests/golden/tokenizer/golden.json", "utf8"));
const texts: string[] = golden.texts;
const standard = standardClipJson(await readClipMerges());
const clip = tokenizerFrom({ tokenizer: standard });

describe("CLIP's own vocabulary", () => {
  test("has CLIP's size and marks", () => {
    expect([clip.vocabularySize, clip.bos, clip.eos, clip.pad]).toEqual([49408, 49406, 49407, 49407]);
    expect([golden.clip.size, golden.clip.bos, golden.clip.eos]).toEqual([49408, 49406, 49407]);
  });

  test.each(texts.map((text, i) => [text.slice(0, 60), i] as const))("%j", (_, i) => {
    expect(clip.encode(texts[i]!)).toEqual(golden.clip.ids[i]);
  });

  test("is the same from vocab.json and merges.txt", () => {
    const { vocab, merges } = standard.model as { vocab: Record<string, number>; merges: string[] };
    const fromFiles = tokenizerFrom({ vocab, merges: `#version: 0.2\r\n${merges.join("\r\n")}\r\n` });
    expect(texts.map(fromFiles.encode)).toEqual(golden.clip.ids);
  });

  test("pads with the token that the configuration names", () => {
    const files = {
      tokenizer: standard,
      config: { pad_token: "!", eos_token: { content: "<|endoftext|>" } },
    };
    expect(tokenizerFrom(files)).toMatchObject({ pad: 0, eos: 49407, bos: 49406 });
  });

  test("decodes to words", () => {
    expect(clip.decode(clip.encode("A photo  of a CAT, 猫 😀"))).toBe("a photo of a cat , 猫 😀");
    expect(clip.decode([clip.bos, ...clip.encode("cat"), clip.eos, clip.pad, 999_999])).toBe("cat");
  });
});

describe.each(["byteLevel", "suffixed"])("a small vocabulary, %s", (family) => {
  const tokenizer = tokenizerFrom({ tokenizer: golden[family].json });

  test("gives the reference's ids", () => {
    expect(texts.map(tokenizer.encode)).toEqual(golden[family].ids);
    expect([tokenizer.bos, tokenizer.eos]).toEqual([0, 1]);
  });
});

describe("files", () => {
  const { vocab, merges } = standard.model as { vocab: Record<string, number>; merges: string[] };
  const folder = mkdtempSync(path.join(tmpdir(), "tokenizer-"));
  const file = (name: string, content: string) => {
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  test("of either form open to the same tokenizer", async () => {
    const none = { tokenizerJson: null, vocab: null, merges: null };
    const opened = await Promise.all([
      openTokenizer({ ...none, tokenizerJson: file("tokenizer.json", JSON.stringify(standard)) }),
      openTokenizer({
        ...none,
        vocab: file("vocab.json", JSON.stringify(vocab)),
        merges: file("merges.txt", `#version: 0.2\n${merges.join("\n")}\n`),
      }),
      openStandardTokenizer("eos"),
    ]);
    for (const tokenizer of opened) {
      expect(tokenizer.encode(texts[5]!)).toEqual(golden.clip.ids[5]);
      expect(tokenizer).toMatchObject({ bos: 49406, eos: 49407, pad: 49407, vocabularySize: 49408 });
    }
    expect(await openStandardTokenizer("zero")).toMatchObject({ eos: 49407, pad: 0 });
  });

  test("that are missing or no JSON are refused by name", async () => {
    const none = { tokenizerJson: null, vocab: null, merges: null };
    const missing = path.join(folder, "none.json");
    for (const [paths, named] of [
      [{ ...none, tokenizerJson: missing }, missing],
      [{ ...none, vocab: file("bad.json", "{") }, path.join(folder, "bad.json")],
      [{ ...none, merges: missing }, missing],
    ] as const)
      await expect(openTokenizer(paths)).rejects.toMatchObject({
        code: "tokenizer_damaged",
        details: { file: named },
      });
    await expect(openTokenizer(none)).rejects.toMatchObject({ code: "tokenizer_damaged" });
  });
});

describe("any text", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.string({
      unit: fc.constantFrom(
        " ",
        "a",
        "B",
        "'",
        "s",
        "1",
        ",",
        "猫",
        "😀",
        "\ud800",
        "\u0301",
        "<|endoftext|>",
      ),
    }),
  );

  test("encodes, and its decoding is stable", () => {
    fc.assert(
      fc.property(text, (given) => {
        const ids = clip.encode(given);
        expect(ids.every((id) => id >= 0 && id < clip.vocabularySize)).toBe(true);
        const once = clip.decode(ids);
        expect(clip.decode(clip.encode(once))).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  test("of a hundred thousand letters without a space too", () => {
    expect(clip.encode("supercalifragilistic".repeat(5000)).length).toBeGreaterThan(10_000);
  });

  test("comes back from a byte-level vocabulary as it was, but for case and normal form", () => {
    const byteLevel = tokenizerFrom({ tokenizer: golden.byteLevel.json });
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", " ", "猫", "😀", "\n", "9", "é") }), (given) => {
        expect(byteLevel.decode(byteLevel.encode(given)).trimStart()).toBe(given.trimStart());
      }),
    );
  });
});

describe("damaged files", () => {
  const model = { type: "BPE", vocab: { a: 0, b: 1, ab: 2, "<s>": 3, "</s>": 4 }, merges: ["a b"] };
  const config = { bos_token: "<s>", eos_token: "</s>" };
  const refused = { name: "EngineError", code: "tokenizer_damaged" };
  const open = (tokenizer: unknown) => () => tokenizerFrom({ tokenizer, config });

  test("the example itself is whole", () => {
    expect(open({ model })().encode("abba")).toEqual([2, 1, 0]);
  });

  test("of added tokens the longest is taken, and the space it asks for", () => {
    const added_tokens = [
      { id: 5, content: "<x>" },
      { id: 6, content: "<x><y>", lstrip: true },
      { id: 7, content: "B", normalized: true, rstrip: true },
    ];
    const normalizer = { type: "Lowercase" };
    expect(open({ model, normalizer, added_tokens })().encode("a<x>  <x><y>B  A<x><y>")).toEqual([
      0, 5, 6, 7, 0, 6,
    ]);
  });

  test.each([
    ["no object", []],
    ["no model", {}],
    ["another kind of model", { model: { ...model, type: "Unigram" } }],
    ["dropout", { model: { ...model, dropout: 0.1 } }],
    ["an id that is none", { model: { ...model, vocab: { ...model.vocab, c: -1 } } }],
    ["a merge of unknown tokens", { model: { ...model, merges: ["a c"] } }],
    ["a merge into an unknown token", { model: { ...model, merges: ["b a"] } }],
    ["a merge of three", { model: { ...model, merges: ["a b c"] } }],
    ["a normalizer of BERT's", { model, normalizer: { type: "BertNormalizer" } }],
    ["a pre-tokenizer of SentencePiece's", { model, pre_tokenizer: { type: "Metaspace" } }],
    [
      "a pattern that is none",
      { model, normalizer: { type: "Replace", pattern: { Regex: "(" }, content: "" } },
    ],
    ["an empty added token", { model, added_tokens: [{ id: 5, content: "" }] }],
    ["an added token of whole words", { model, added_tokens: [{ id: 5, content: "x", single_word: true }] }],
  ])("%s", (_, json) => {
    expect(open(json)).toThrow(expect.objectContaining(refused));
  });

  test("no file at all, marks that are no tokens", () => {
    expect(() => tokenizerFrom({ vocab: {} })).toThrow(expect.objectContaining(refused));
    expect(() => tokenizerFrom({ tokenizer: { model } })).toThrow(expect.objectContaining(refused));
  });

  test("any JSON is refused with the same code", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        for (const json of [value, { model: value }, { model, normalizer: value, added_tokens: other }])
          try {
            tokenizerFrom({ tokenizer: json, config: other });
          } catch (error) {
            expect(error).toMatchObject(refused);
          }
      }),
    );
  });

  test("merges that are not there", async () => {
    await expect(readClipMerges("no-such-file.gz")).rejects.toMatchObject(refused);
  });
});
