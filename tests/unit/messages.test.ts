import { describe, expect, test } from "vitest";
import { LOCALES, pickLocale } from "@/app/_i18n/locale";
import en from "@/messages/en.json";
import zh from "@/messages/zh.json";

type Tree = { readonly [key: string]: string | Tree };

/** Every message by its dotted key. */
function flatten(tree: Tree, prefix = ""): [key: string, message: string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

/** Names of ICU arguments and rich-text tags, each once, sorted. */
function placeholders(message: string): string[] {
  const names = [...message.matchAll(/\{\s*(\w+)\s*[,}]|<(\w+)>/g)].map(
    (match) => match[1] ?? `<${match[2]}>`,
  );
  return [...new Set(names)].sort();
}

const english = new Map(flatten(en));
const chinese = new Map(flatten(zh));

describe("messages", () => {
  test("both languages have the same keys", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    expect(english.size).toBeGreaterThan(20);
  });

  test.each([...english])("%s has the same placeholders in both languages", (key, message) => {
    expect(placeholders(chinese.get(key) ?? "")).toEqual(placeholders(message));
  });

  test("no message is empty", () => {
    const empty = [...english, ...chinese].filter(([, message]) => message.trim() === "");
    expect(empty).toEqual([]);
  });
});

describe("pickLocale", () => {
  test.each([
    ["zh", "en-US,en;q=0.9", "zh"],
    [undefined, "zh-CN,zh;q=0.9,en;q=0.8", "zh"],
    [undefined, "en;q=0.5, zh-TW;q=0.9", "zh"],
    [undefined, "fr-FR,de;q=0.8,zh;q=0.3", "zh"],
    [undefined, "zh;q=0, en", "en"],
    [undefined, "fr", LOCALES[0]],
    ["../etc", "", LOCALES[0]],
    [undefined, null, LOCALES[0]],
  ])("cookie %j and header %j give %s", (cookie, header, expected) => {
    expect(pickLocale(cookie, header)).toBe(expected);
  });
});
