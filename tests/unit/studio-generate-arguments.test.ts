import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { annotatorNames } from "@/lib/engine/annotators/annotate";
import { nameOfFile, parseControl, parseEmbedding, parseLora } from "@/scripts/studio/generate-arguments";
import { UsageError } from "@/scripts/studio/usage-error";

const weight = fc.integer({ min: 0, max: 40 }).map((quarters) => quarters / 4);
const part = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 10 }))
  .filter(([from, to]) => from < to)
  .map(([from, to]) => [from / 10, to / 10] as const);
/** What files are called; a path that ends as a weight does cannot be told from one. */
const file = fc
  .stringMatching(/^[\w./\\ é山-]{1,20}$/u)
  .filter((name) => /[a-zA-Z山]$/u.test(name) && name.trim() === name);

describe("--control", () => {
  test("every part that may be written is read back", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...annotatorNames),
        file,
        fc.option(fc.tuple(weight, fc.option(part))),
        fc.boolean(),
        fc.tuple(file, fc.stringMatching(/^[=:\w]{0,8}$/)).map(([name, more]) => name + more),
        (annotator, model, numbers, guess, picture) => {
          const [w = 1, range = null] = numbers ?? [];
          const [from, to] = range ?? [0, 1];
          const text = [
            ...[annotator, model],
            ...(numbers ? [String(w)] : []),
            ...(range ? [`${from}-${to}`] : []),
            ...(guess ? ["guess"] : []),
          ].join(":");
          const expected = { annotator, model, picture, weight: w, from, to, guess };
          expect(parseControl(`${text}=${picture}`)).toEqual(expected);
        },
      ),
    );
  });

  test("a drive letter is no weight", () => {
    expect(parseControl("canny:C:\\models\\lines.safetensors:0.5=D:\\photo.jpg")).toMatchObject({
      ...{ model: "C:\\models\\lines.safetensors", weight: 0.5, picture: "D:\\photo.jpg" },
    });
  });

  test("what is no control is told apart from what is out of range", () => {
    for (const text of ["", "canny", "canny:model", "canny=photo.jpg", "canny:=photo.jpg", "canny:model="])
      expect(() => parseControl(text), text).toThrow(UsageError);
    for (const text of [
      "dance:model=p.jpg",
      "canny:m:11=p.jpg",
      "canny:m:1:0.5-0.5=p.jpg",
      "canny:m:1:0-2=p.jpg",
    ])
      expect(() => parseControl(text), text).toThrow(expect.objectContaining({ code: "setting_invalid" }));
  });

  test("any text is read or refused, never more than that", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^canny:[m:.=\d-]{1,12}=p$/)), (text) => {
        try {
          expect(parseControl(text)).toMatchObject({ picture: expect.stringMatching(/./s) });
        } catch (error) {
          if (error instanceof UsageError) return;
          expect(error).toMatchObject({ code: "setting_invalid" });
        }
      }),
    );
  });
});

test("--lora: a name or a path, with one weight, two or none", () => {
  expect(parseLora("detail")).toEqual({ name: "detail", file: "detail", weights: "1" });
  expect(parseLora("detail:-0.5")).toEqual({ name: "detail", file: "detail", weights: "-0.5" });
  expect(parseLora("a/b.c.safetensors:0.8:.6")).toEqual({
    ...{ name: "b.c", file: "a/b.c.safetensors", weights: "0.8:.6" },
  });
  expect(parseLora("C:\\x:1")).toMatchObject({ file: "C:\\x", weights: "1" });
  expect(() => parseLora("")).toThrow(UsageError);
});

test("--embedding: a word and its file, or the file, whose name is the word", () => {
  expect(parseEmbedding("ugly=a/b=c.safetensors")).toEqual({ name: "ugly", file: "a/b=c.safetensors" });
  expect(parseEmbedding("a/ugly.safetensors")).toEqual({ name: "ugly", file: "a/ugly.safetensors" });
  for (const text of ["", "=file", "word="]) expect(() => parseEmbedding(text)).toThrow(UsageError);
});

test("a file's name holds nothing that would end a tag in a prompt", () => {
  expect(nameOfFile("/a/b:c<d>.safetensors")).toBe("b_c_d_");
  expect(nameOfFile("v1.5")).toBe("v1.5");
});
