import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EngineError } from "@/lib/engine/engine-error";
import { type PromptPart, parseEmphasis } from "@/lib/engine/prompt/parse-emphasis";
import { parseNetworks } from "@/lib/engine/prompt/parse-networks";
import { parseSchedule, promptAt } from "@/lib/engine/prompt/parse-schedule";

/** Prompts as a careless hand types them: every sign of the grammar, in any order. */
const anyPrompt = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "(",
        ")",
        "[",
        "]",
        ":",
        "|",
        "\\",
        "<",
        ">",
        "1.2",
        "3",
        ".5",
        " ",
        "\n",
        "BREAK",
        "lora",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((bits) => bits.join(""));

const parts = (prompt: string) =>
  parseEmphasis(prompt).map((part) => (part === "break" ? part : [part.text, part.weight]));

describe("emphasis", () => {
  test.each<[string, unknown[]]>([
    ["normal text", [["normal text", 1]]],
    [
      "an (important) word",
      [
        ["an ", 1],
        ["important", 1.1],
        [" word", 1],
      ],
    ],
    ["(unbalanced", [["unbalanced", 1.1]]],
    ["\\(literal\\]", [["(literal]", 1]]],
    ["(unnecessary)(parens)", [["unnecessaryparens", 1.1]]],
    [
      "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).",
      [
        ["a ", 1],
        ["house", 1.5730000000000004],
        [" ", 1.1],
        ["on", 1],
        [" a ", 1.1],
        ["hill", 0.55],
        [", sun, ", 1.1],
        ["sky", 1.4641000000000006],
        [".", 1.1],
      ],
    ],
    [
      "[less] more",
      [
        ["less", 1 / 1.1],
        [" more", 1],
      ],
    ],
    ["[unbalanced", [["unbalanced", 1 / 1.1]]],
    ["a) b] c", [["a) b] c", 1]]],
    ["no brackets:1.2)", [["no brackets:1.2)", 1]]],
    ["time: 10:30", [["time: 10:30", 1]]],
    ["(a : 1.2 )", [["a ", 1.2]]],
    [
      "(a:-1)(b:.5)(c:2.)",
      [
        ["a", -1],
        ["b", 0.5],
        ["c", 2],
      ],
    ],
    ["(a:1.2.3)", [["a:1.2.3", 1.1]]],
    ["back\\\\slash \\n", [["back\\slash n", 1]]],
    [
      "(猫:1.3)，狗",
      [
        ["猫", 1.3],
        ["，狗", 1],
      ],
    ],
    ["", [["", 1]]],
    ["()", [["", 1]]],
    ["one BREAK two", [["one", 1], "break", ["two", 1]]],
    ["one\n BREAK\n\ntwo", [["one", 1], "break", ["two", 1]]],
    ["BREAK BREAK", ["break", "break"]],
    ["BREAKFAST DAYBREAK break 猫BREAK", [["BREAKFAST DAYBREAK break 猫BREAK", 1]]],
    ["(one BREAK two:1.5)", [["one", 1.5], "break", ["two", 1.5]]],
  ])("%j", (prompt, expected) => {
    expect(parts(prompt)).toEqual(expected);
  });

  test("of any text keeps its order, with finite weights", () => {
    fc.assert(
      fc.property(anyPrompt, (prompt) => {
        const read: PromptPart[] = parseEmphasis(prompt);
        expect(read.length).toBeGreaterThan(0);
        for (const part of read) if (part !== "break") expect(Number.isFinite(part.weight)).toBe(true);
      }),
    );
  });

  test("ten thousand open brackets", () => {
    expect(parseEmphasis(`${"(".repeat(10_000)}a`)).toEqual([{ text: "a", weight: expect.any(Number) }]);
  });
});

describe("schedule", () => {
  const spans = (prompt: string, steps = 10, firstPassSteps?: number) =>
    parseSchedule(prompt, firstPassSteps === undefined ? { steps } : { steps, firstPassSteps }).map(
      ({ until, text }) => [until, text],
    );
  const inTurn = (...texts: string[]) =>
    Array.from({ length: 10 }, (_, i) => [i + 1, texts[i % texts.length]]);

  test.each<[string, unknown[]]>([
    ["test", [[10, "test"]]],
    [
      "a [b:3]",
      [
        [3, "a "],
        [10, "a b"],
      ],
    ],
    [
      "a [b: 3]",
      [
        [3, "a "],
        [10, "a b"],
      ],
    ],
    [
      "a [b: 3 ]",
      [
        [3, "a "],
        [10, "a b"],
      ],
    ],
    [
      "a [[[b]]:2]",
      [
        [2, "a "],
        [10, "a [[b]]"],
      ],
    ],
    [
      "[(a:2):3]",
      [
        [3, ""],
        [10, "(a:2)"],
      ],
    ],
    [
      "a [b : c : 1] d",
      [
        [1, "a b  d"],
        [10, "a  c  d"],
      ],
    ],
    [
      "a[b:[c:d:2]:1]e",
      [
        [1, "abe"],
        [2, "ace"],
        [10, "ade"],
      ],
    ],
    ["a [unbalanced", [[10, "a [unbalanced"]]],
    [
      "a [b:.5] c",
      [
        [5, "a  c"],
        [10, "a b c"],
      ],
    ],
    [
      "((a][:b:c [d:3]",
      [
        [3, "((a][:b:c "],
        [10, "((a][:b:c d"],
      ],
    ],
    ["[a|(b:1.1)]", inTurn("a", "(b:1.1)")],
    ["[fe|]male", inTurn("female", "male")],
    ["[fe|||]male", inTurn("female", "male", "male", "male")],
    [
      "[a::4]b",
      [
        [4, "ab"],
        [10, "b"],
      ],
    ],
    ["[a:b:0]", [[10, "b"]]],
    ["[a:b:-2]", [[10, "b"]]],
    ["[a:b:99]", [[10, "a"]]],
    ["[a:b:1.0]", [[10, "a"]]],
    ["\\[a:b:3\\] (c:1.2)", [[10, "\\[a:b:3\\] (c:1.2)"]]],
    ["[a:b:c:3]", [[10, "[a:b:c:3]"]]],
    [
      "[a:b:[c:3]]",
      [
        [3, "[a:b:]"],
        [10, "[a:b:c]"],
      ],
    ],
    // No schedule is read where `|` stands outside brackets, or `\` at the end.
    ["a|b [c:3]", [[10, "a|b [c:3]"]]],
    ["a [{b|d{:.5] c", [[10, "a [{b|d{:.5] c"]]],
    ["[a:3]\\", [[10, "[a:3]\\"]]],
  ])("%j", (prompt, expected) => {
    expect(spans(prompt)).toEqual(expected);
  });

  test("the wiki's long example", () => {
    const prompt =
      "fantasy landscape with a [mountain:lake:0.25] and [an oak:a christmas tree:0.75]" +
      "[ in foreground::0.6][: in background:0.25] [shoddy:masterful:0.5]";
    expect(spans(prompt, 100)).toEqual([
      [25, "fantasy landscape with a mountain and an oak in foreground shoddy"],
      [50, "fantasy landscape with a lake and an oak in foreground in background shoddy"],
      [60, "fantasy landscape with a lake and an oak in foreground in background masterful"],
      [75, "fantasy landscape with a lake and an oak in background masterful"],
      [100, "fantasy landscape with a lake and a christmas tree in background masterful"],
    ]);
  });

  test("a second pass counts on", () => {
    expect(spans("a [b:.5] c", 10, 10)).toEqual([[10, "a b c"]]);
    expect(spans("a [b:1.5] c", 10, 10)).toEqual([
      [5, "a  c"],
      [10, "a b c"],
    ]);
    expect(spans("a [b:12] c", 10, 10)).toEqual([
      [2, "a  c"],
      [10, "a b c"],
    ]);
  });

  test("the text at a step", () => {
    const read = parseSchedule("a [b:3]", { steps: 10 });
    expect([1, 3, 4, 10, 11].map((step) => promptAt(read, step))).toEqual(["a ", "a ", "a b", "a b", "a b"]);
  });

  test("of any text: spans in order, to the last step", () => {
    fc.assert(
      fc.property(anyPrompt, fc.integer({ min: 1, max: 30 }), (prompt, steps) => {
        const ends = parseSchedule(prompt, { steps }).map(({ until }) => until);
        expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
        expect(ends.at(-1)).toBe(steps);
        expect(ends[0]).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test("brackets nested without end are text", () => {
    const deep = `${"[".repeat(20_000)}a:3${"]".repeat(20_000)}`;
    expect(spans(deep).at(-1)).toEqual([10, expect.stringContaining("[[[")]);
    const edits = `${"[a:".repeat(20_000)}b${":3]".repeat(20_000)}`;
    expect(spans(edits).at(-1)).toEqual([10, expect.stringContaining("[a:[a:")]);
    expect(spans("(".repeat(20_000))).toEqual([[10, "(".repeat(20_000)]]);
  });
});

describe("networks", () => {
  const lora = (name: string, textEncoderWeight = 1, unetWeight = textEncoderWeight) => ({
    kind: "lora",
    name,
    textEncoderWeight,
    unetWeight,
  });

  test.each<[string, string, unknown[]]>([
    ["a cat", "a cat", []],
    ["a <lora:ink:0.8> cat", "a  cat", [lora("ink", 0.8)]],
    ["<lora:ink>cat", "cat", [lora("ink")]],
    ["<lora:ink:0.8:0.6>", "", [lora("ink", 0.8, 0.6)]],
    ["<lora:ink:te=0.5:unet=-1>", "", [lora("ink", 0.5, -1)]],
    ["<lora:ink:0.8:unet=0>", "", [lora("ink", 0.8, 0)]],
    ["<lora:ink:te=0>", "", [lora("ink", 0, 0)]],
    ["<lora:水墨 v2.1:0><lora:b: 1 >", "", [lora("水墨 v2.1", 0), lora("b")]],
    ["<lyco:loha:.5>", "", [{ ...lora("loha", 0.5), kind: "lyco" }]],
    ["a < b > c <lora> <3 <lora:>", "a < b > c <lora> <3 <lora:>", []],
    ["<a <lora:x:1>", "<a ", [lora("x")]],
  ])("%j", (prompt, text, networks) => {
    expect(parseNetworks(prompt)).toEqual({ text, networks, unknown: [] });
  });

  test("of unknown kinds are named", () => {
    expect(parseNetworks("x<hypernet:y:1>z")).toEqual({
      text: "xz",
      networks: [],
      unknown: ["<hypernet:y:1>"],
    });
  });

  test.each(["<lora:a:x>", "<lora:a:1:>", "<lora::1>", "<lora:a:te=>", "<lora: :1>"])(
    "%s is refused",
    (prompt) => {
      expect(() => parseNetworks(prompt)).toThrow(expect.objectContaining({ code: "prompt_invalid" }));
    },
  );

  test("any text is read or refused", () => {
    fc.assert(
      fc.property(anyPrompt, (prompt) => {
        try {
          expect(parseNetworks(prompt).text.length).toBeLessThanOrEqual(prompt.length);
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
        }
      }),
    );
  });
});
