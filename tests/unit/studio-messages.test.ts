import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { afterEach, describe, expect, test } from "vitest";
import { openProgressLine } from "@/scripts/studio/generate-progress";
import { askedLocale } from "@/scripts/studio/language";
import { en } from "@/scripts/studio/messages/en";
import { messages } from "@/scripts/studio/messages/messages";
import { zh } from "@/scripts/studio/messages/zh";
import { padToColumns } from "@/scripts/studio/pad-to-columns";
import { parseOptions } from "@/scripts/studio/parse-options";
import { UsageError } from "@/scripts/studio/usage-error";

type Say = (...values: (string | number)[]) => string;
type Tree = { readonly [key: string]: string | Say | Tree };

/** Every message by its dotted key. */
function flatten(tree: Tree, prefix = ""): [key: string, say: Say][] {
  return Object.entries(tree).flatMap(([key, value]): [string, Say][] => {
    if (typeof value === "string") return [[prefix + key, () => value]];
    return typeof value === "function" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`);
  });
}

const english = flatten(en as unknown as Tree).filter(([key]) => !key.startsWith("usage."));
const chinese = new Map(flatten(zh as unknown as Tree));

/** Numbers that stand nowhere in what is said. */
const valuesOf = (say: Say): number[] => Array.from({ length: say.length }, (_, i) => 7001 + i);
const sayAll = (say: Say): string => say(...valuesOf(say));

/** Names that are the same in every language; options are, too. */
const NAMES =
  /--[\w-]+|\b(models|album|generate|pull|import|remove|hf|civitai|guess|float32|int8|precision|SSIM|x,y)\b/g;

const argv = process.argv;
const inLanguage = (name: string) => {
  process.argv = [...argv.slice(0, 2), "qr", "--lang", name];
};
afterEach(() => {
  process.argv = argv;
});

describe("what the terminal says", () => {
  test.each(english)("%s: the same values in both languages, and no English left", (key, say) => {
    const [told, translated] = [sayAll(say), sayAll(chinese.get(key)!)];
    expect(told.trim()).not.toBe("");
    for (const value of valuesOf(say))
      expect([value, translated.includes(`${value}`)]).toEqual([value, told.includes(`${value}`)]);
    const rest = translated.replace(NAMES, "");
    // An `alpha`, a `px` or a `dB` is a word of both.
    expect(rest.match(/[A-Za-z]{6,}|[A-Za-z]{2,} [A-Za-z]{2,}/g) ?? []).toEqual([]);
    if (/[a-z]{3,}/i.test(told.replace(NAMES, ""))) expect(rest).toMatch(/\p{Script=Han}/u);
  });

  test("is chosen by the language that was asked for", () => {
    inLanguage("zh");
    expect(messages()).toBe(zh);
    expect(new UsageError("missing", "--out").message).toBe("缺少 --out。");
    inLanguage("en");
    expect(messages()).toBe(en);
    expect(new UsageError("missing", "--out").message).toBe("--out is missing.");
  });

  test.each([
    [["--lang", "zh"], "zh"],
    [["--lang=zh-TW"], "zh"],
    [["--lang", "zh_CN"], "zh"],
    [["--lang", "zh", "--lang", "en"], "en"],
    [["--lang", "fr"], "en"],
    [["--lang"], "en"],
    [["zh"], null],
    [["search", "--", "--lang", "zh"], null],
  ] as const)("%j asks for %j", (args, asked) => {
    expect(askedLocale(args)).toBe(asked);
  });
});

describe("the usage", () => {
  const commands = Object.keys(en.usage.commands) as (keyof typeof en.usage.commands)[];
  const options = (text: string) => text.match(/--[a-z][\w-]*/g) ?? [];
  const choices = (text: string) => text.match(/[a-z0-9-]+(\|[a-z0-9-]+)+/g) ?? [];

  test.each(commands)(
    "of %s names the same options and values in Chinese, and says the rest in it",
    (name) => {
      const [told, translated] = [en.usage.commands[name], zh.usage.commands[name]];
      expect(translated).toMatch(/\p{Script=Han}/u);
      expect([...options(translated)].sort()).toEqual([...options(told)].sort());
      expect([...choices(translated)].sort()).toEqual([...choices(told)].sort());
      expect(sentences(translated)).toEqual([]);
    },
  );

  test("has every command in one of its groups", () => {
    const main = readFileSync("scripts/studio/main.ts", "utf8");
    const [, groups = ""] = /const GROUPS[^=]*= \[([\s\S]*?)\n\];/.exec(main) ?? [];
    expect([...groups.matchAll(/"([\w-]+)"/g)].map(([, name]) => name).sort()).toEqual([...commands].sort());
    const around = `${zh.usage.head} ${zh.usage.foot}`.replace("npm run studio", "");
    expect(sentences(around)).toEqual([]);
  });
});

/** Three words of English in a row; commands have two. */
const sentences = (text: string): string[] => text.match(/\b[a-z]{2,}(?: [a-z]{2,}){2,}/g) ?? [];

/** Calls whose arguments people read. */
const SAYS = new Set(["say", "log", "error"]);

/**
 * Texts with words in them that a file has of itself: any word in what it says, two in a row anywhere. JSON is for programs,
 * refusals have keys, and what stands in the catalogue has its Chinese.
 */
function wordsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found = new Set<string>();
  const visit = (node: ts.Node, isSaid: boolean): void => {
    if (ts.isImportDeclaration(node)) return;
    const text =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (text && (isSaid ? /[A-Za-z]{2,}/ : /[A-Za-z]{2,} [a-z]{2,}/).test(node.text)) found.add(node.text);
    const called = ts.isCallExpression(node) ? node.expression : null;
    const name = called && (ts.isPropertyAccessExpression(called) ? called.name.text : called.getText());
    const says = name === "stringify" ? false : isSaid || (name !== null && SAYS.has(name));
    ts.forEachChild(node, (child) => visit(child, child === called ? isSaid : says));
  };
  visit(source, false);
  return [...found].map((text) => `${file}: ${text}`);
}

test("nothing is said past the catalogue", () => {
  const files = readdirSync("scripts/studio", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.startsWith("messages/"))
    .map((name) => `scripts/studio/${name}`);
  expect(files.length).toBeGreaterThan(30);
  expect(files.flatMap(wordsOf)).toEqual([]);
});

describe("a command's options", () => {
  const config = (...args: string[]) => ({
    args,
    options: { out: { type: "string" }, json: { type: "boolean" } } as const,
  });

  test("are read, strictly", () => {
    expect(parseOptions(config("--out", "a", "--json")).values).toEqual({ out: "a", json: true });
    expect(parseOptions(config("--out=-1")).values).toEqual({ out: "-1" });
    expect(parseOptions({ ...config("a", "--out", "-"), allowPositionals: true })).toMatchObject({
      ...{ positionals: ["a"], values: { out: "-" } },
    });
  });

  test.each([
    [["--dance"], "There is no option --dance here.", "这里没有 --dance 这个选项。"],
    [["-x"], "There is no option -x here.", "这里没有 -x 这个选项。"],
    [["--toString"], "There is no option --toString here.", "这里没有 --toString 这个选项。"],
    [["--out"], "--out needs a value.", "--out 后面缺少值。"],
    [
      ["--out", "--json"],
      "--out needs a value; one that begins with a dash is written --out=--json",
      "--out 后面缺少值；以短横线开头的值请写成 --out=--json",
    ],
    [["--json=1"], "--json takes no value.", "--json 后面不能带值。"],
    [["more"], "“more” has no place here.", "这里不能写“more”。"],
  ])("%j are refused in both languages", (args, told, translated) => {
    expect(() => parseOptions(config(...args))).toThrow(UsageError);
    expect(() => parseOptions(config(...args))).toThrow(told);
    inLanguage("zh");
    expect(() => parseOptions(config(...args))).toThrow(translated);
  });
});

test("characters that are twice as wide are counted so", () => {
  const padded = ["step 3", "第 3 步，", "2 × 3…", "🌊"].map((text) => padToColumns(text, 10));
  expect(padded).toEqual(["step 3    ", "第 3 步， ", "2 × 3…    ", "🌊        "]);
  expect(padToColumns("约 2", 6, "right")).toBe("  约 2");
  const written: string[] = [];
  const stream = { isTTY: true, columns: 9, write: (text: string) => written.push(text) };
  openProgressLine(stream as unknown as NodeJS.WriteStream).say("正在打开 seedling");
  expect(written).toEqual(["\r\x1b[K正在打开…"]);
});
