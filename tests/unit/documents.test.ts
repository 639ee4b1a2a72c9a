import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { VARIABLES } from "@/lib/env";

const READMES = ["README.md", "README.zh-CN.md"] as const;
const DOCUMENTS = ["ARCHITECTURE.md", ...READMES] as const;
const FOLDERS = [
  ...["app", "lib", "scripts", "tests", "prisma", "docs", "messages", "models", "public", "training"],
  ".ci",
];

const files = [
  ...readdirSync(".").filter((name) => statSync(name).isFile()),
  ...FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => !/(^|\/)(generated|node_modules)\//.test(name))
      .map((name) => `${folder}/${name}`),
  ),
];
const sources = files
  .filter((file) => /^(app|lib|scripts)\/.*\.(ts|tsx|mjs|json)$|^[^/]+\.(ts|mjs)$/.test(file))
  .filter((file) => statSync(file).isFile())
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

/** What stands between backticks, outside of blocks of code. */
const quoted = (document: string): string[] => [
  ...new Set(
    [...document.replace(/```[\s\S]*?```/g, "").matchAll(/`([^`\n]+)`/g)].map(([, inside]) => inside!),
  ),
];

/** `qr-picture.handler.ts`, `app/api/v1/_*-endpoints.ts`, `lib/qr/looks/<name>.ts`: the end of a path, with wild parts. */
function isThere(name: string): boolean {
  const pattern = name
    .replace(/\/$/, "")
    .split(/\*|<\w+>/)
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join("[^/]+");
  const whole = new RegExp(`(^|/)[^/]*${pattern}$`);
  return files.some((file) => whole.test(file));
}

describe.each(DOCUMENTS)("%s", (name) => {
  const document = readFileSync(name, "utf8");

  test("leads to what is there", () => {
    const links = [...document.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!);
    const within = links.filter((to) => !/^(https?:|#|mailto:)/.test(to)).map((to) => to.split("#")[0]!);
    const lost = within.filter((to) => !existsSync(path.join(path.dirname(name), to)));
    expect(lost).toEqual([]);
    expect(within.length).toBeGreaterThan(0);
  });

  test("names folders and files that there are", () => {
    const named = quoted(document).flatMap((text) => [
      ...text.matchAll(new RegExp(`(?:^|\\s)((?:${FOLDERS.join("|")})/[\\w./()*<>-]+)`, "g")),
    ]);
    expect(named.map(([, file]) => file!).filter((file) => !isThere(file))).toEqual([]);
  });
});

describe("the map of the house", () => {
  const map = readFileSync("ARCHITECTURE.md", "utf8");

  test("names files by what they are called", () => {
    const named = quoted(map).filter((text) => /^[\w./()*<>-]+\.(ts|tsx|mjs|css|prisma)$/.test(text));
    expect(named.filter((text) => !isThere(text))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });

  test("names functions that there are", () => {
    const named = quoted(map).filter((text) => /^[a-z]+[A-Z]\w*$/.test(text));
    expect(named.filter((text) => !new RegExp(`\\b${text}\\b`).test(sources))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });
});

test.each(READMES)("%s has every variable in its table", (name) => {
  const rows = readFileSync(name, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  const told = new Set(
    rows.flatMap((row) => [...row.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, each]) => each)),
  );
  // Set by Next, and by whoever starts it, not by the operator.
  const theirs = VARIABLES.filter((variable) => variable !== "NODE_ENV");
  expect(theirs.filter((variable) => !told.has(variable))).toEqual([]);
  expect(theirs.length).toBeGreaterThan(25);
});
