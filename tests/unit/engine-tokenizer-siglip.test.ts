import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenizerFrom } from "@/lib/engine/prompt/tokenizer";

interface Golden {
  readonly tokenizer: unknown;
  readonly config: unknown;
  readonly texts: { text: string; ids: number[]; decoded: string }[];
}
const golden: Golden = JSON.parse(await readFile("tests/golden/tokenizer-siglip/golden.json", "utf8"));
const tokenizer = tokenizerFrom(golden);

describe("a tokenizer of SigLIP 2's kind", () => {
  test.each(golden.texts)("makes the reference's ids of $text", ({ text, ids }) => {
    expect(tokenizer.encode(text)).toEqual(ids);
  });

  test.each(golden.texts)("reads them back as the reference does: $decoded", ({ ids, decoded }) => {
    expect(tokenizer.decode(ids)).toBe(decoded);
  });

  test("knows its marks", () => {
    const { bos, eos, pad } = tokenizer;
    expect({ bos, eos, pad }).toEqual({ bos: 2, eos: 1, pad: 0 });
  });

  test("loses no letter of any text, but for its case", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        // Its own marks and spelt bytes, written out in a text, are read as what they stand for.
        fc.pre(!/[<▁]/.test(text));
        const plain = [...text].map((letter) => letter.toLowerCase()).join("");
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(plain);
      }),
    );
  });
});
