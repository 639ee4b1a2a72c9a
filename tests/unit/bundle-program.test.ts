import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleProgram } from "@/lib/bundle-program.mjs";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-bundle-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a program becomes one file, and what killed processes left behind is removed", async () => {
  const entry = path.join(folder, "entry.ts");
  await writeFile(entry, 'import { said } from "./said";\nconsole.log(said as string);\n');
  await writeFile(path.join(folder, "said.ts"), 'export const said: string = "hello";\n');
  const out = path.join(folder, "out");
  await mkdir(out);
  const { pid: dead } = spawnSync(process.execPath, ["--version"]);
  const kept = ["program.mjs", `program.${process.pid}.mjs`, "merges.txt.gz", "digits.2.txt"];
  const left = [`program.${dead}.mjs`, `other.${dead}.mjs`, `merges.txt.gz.${dead}`];
  for (const name of [...kept, ...left]) await writeFile(path.join(out, name), "");
  await bundleProgram(entry, path.join(out, "fresh.mjs"));
  expect((await readdir(out)).sort()).toEqual([...kept, "fresh.mjs"].sort());
  expect(spawnSync(process.execPath, [path.join(out, "fresh.mjs")]).stdout.toString()).toBe("hello\n");
});
