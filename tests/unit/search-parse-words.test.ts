import fc from "fast-check";
import { expect, test } from "vitest";
import { parseWords } from "@/lib/search/parse-words";

test.each([
  ["beach", "beach", []],
  ["  beach   at night ", "beach at night", []],
  ["beach -people", "beach", ["people"]],
  ["-people beach －car", "beach", ["people", "car"]],
  ['-"red car" sea', "sea", ["red car"]],
  ["“red   car” 海边 -人", "red car 海边", ["人"]],
  ["「红色 汽车」", "红色 汽车", []],
  ["t-shirt", "t-shirt", []],
  ["-", "", []],
  ["beach - people", "beach people", []],
  ["--", "", []],
  ['-""', "", []],
  ["-cat", "", ["cat"]],
  ['say "hi', 'say "hi', []],
])("%j", (text, wanted, unwanted) => {
  expect(parseWords(text)).toEqual({ wanted, unwanted });
});

test("whatever is typed, nothing empty comes of it, and nothing that was not typed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const { wanted, unwanted } = parseWords(text);
      expect(wanted).toBe(wanted.trim());
      expect(unwanted.filter((part) => part.trim() === "")).toEqual([]);
      const typed = new Set([...text, " "]);
      expect([...wanted, ...unwanted.join("")].filter((sign) => !typed.has(sign))).toEqual([]);
    }),
  );
});
