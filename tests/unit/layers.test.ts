import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** One import for each rule that breaks it: file → what it imports. */
const BREACHES: [rule: string, file: string, imported: string][] = [
  ["nothing-imports-app", "lib/pictures/a.ts", "@/app/screen"],
  ["nothing-imports-the-roots", "lib/jobs/a.ts", "@/worker"],
  ["lib-does-not-import-scripts", "lib/pictures/b.ts", "@/scripts/tool"],
  ["training-stands-alone", "training/world/a.ts", "@/lib/errors"],
  ["qr-knows-only-itself", "lib/qr/a.ts", "@/lib/errors"],
  ["qr-has-no-node", "lib/qr/b.ts", "node:fs"],
  ["engine-knows-only-itself", "lib/engine/nn/a.ts", "@/lib/errors"],
  ["only-the-runtime-runs-networks", "lib/engine/pipelines/a.ts", "onnxruntime-node"],
  ["only-the-runtime-runs-networks", "lib/inference/host-a.ts", "onnxruntime-node"],
  ["networks-know-no-pipelines", "lib/engine/models/a.ts", "@/lib/engine/pipelines/draw"],
  ["layers-know-no-models", "lib/engine/nn/b.ts", "@/lib/engine/models/net"],
  ["only-the-host-draws", "lib/scenarios/two/b.ts", "@/lib/engine/pipelines/draw"],
  ["only-the-host-draws", "lib/inference/a.ts", "@/lib/inference/host"],
  ["only-the-host-draws", "app/b.ts", "@/lib/engine/runtime/session"],
  ["inference-stands-alone", "lib/inference/b.ts", "@/lib/db/client"],
  ["places-stand-alone", "lib/places/a.ts", "@/lib/log"],
  ["adapters-do-not-import-upward", "lib/jobs/c.ts", "@/lib/inference/client"],
  ["ground-floor", "lib/log.ts", "@/lib/db/client"],
  ["adapters-do-not-import-upward", "lib/jobs/b.ts", "@/lib/pictures/verb"],
  ["db-knows-no-other-adapter", "lib/db/a.ts", "@/lib/storage/port"],
  ["storage-knows-no-other-adapter", "lib/storage/a.ts", "@/lib/db/client"],
  ["features-do-not-import-scenarios", "lib/accounts/a.ts", "@/lib/scenarios/one/work"],
  ["features-do-not-import-scenarios", "lib/models/a.ts", "@/lib/scenarios/one/work"],
  ["scenarios-keep-apart", "lib/scenarios/two/a.ts", "@/lib/scenarios/one/work"],
  ["job-definitions-are-safe-anywhere", "lib/scenarios/two/two.job.ts", "@/lib/errors"],
  ["only-db-imports-the-database", "lib/pictures/c.ts", "@prisma/client"],
  ["only-db-imports-the-database", "app/c.ts", "@/lib/db/generated/client"],
  ["only-storage-imports-s3", "lib/pictures/d.ts", "@aws-sdk/client-s3"],
  ["only-jobs-imports-the-queue", "lib/pictures/e.ts", "pg-boss"],
  ["no-dev-packages-in-app", "lib/pictures/f.ts", "vitest"],
  ["no-unresolved", "lib/pictures/g.ts", "@/lib/nowhere"],
];
const INNOCENT = [
  "app/screen.ts",
  "worker.ts",
  "scripts/tool.ts",
  "lib/errors.ts",
  "lib/engine/models/net.ts",
  "lib/engine/pipelines/draw.ts",
  "lib/engine/runtime/session.ts",
  "lib/inference/client.ts",
  "lib/inference/host.ts",
  "lib/db/client.ts",
  "lib/db/generated/client.ts",
  "lib/pictures/verb.ts",
  "lib/storage/port.ts",
  "lib/scenarios/one/work.ts",
];

let root = "";
let found: { name: string; from: string }[] = [];
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "mosaiq-layers-"));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  for (const file of INNOCENT) write(file, "export const here = 1;\n");
  for (const [, file, imported] of BREACHES)
    write(file, `import * as it from "${imported}";\nexport { it };\n`);
  write("lib/cycle-a.ts", 'export { b } from "./cycle-b";\nexport const a = 1;\n');
  write("lib/cycle-b.ts", 'export { a } from "./cycle-a";\nexport const b = 1;\n');
  for (const file of [".dependency-cruiser.mjs", "tsconfig.json", "package.json"])
    cpSync(file, path.join(root, file));
  symlinkSync(path.resolve("node_modules"), path.join(root, "node_modules"));
  const cruise = path.resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const args = [
    cruise,
    "--config",
    ".dependency-cruiser.mjs",
    "-T",
    "json",
    "app",
    "lib",
    "scripts",
    "training",
    "worker.ts",
  ];
  const report = JSON.parse(
    execFileSync(process.execPath, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 }),
  );
  found = report.summary.violations.map((violation: { rule: { name: string }; from: string }) => ({
    name: violation.rule.name,
    from: violation.from,
  }));
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each(BREACHES)("%s is tripped by %s", (name, from) => {
  expect(found).toContainEqual({ name, from });
});

test("a cycle is found", () => {
  expect(found.map((violation) => violation.name)).toContain("no-cycles");
});

test("nobody else is accused", () => {
  const guilty = new Set([...BREACHES.map(([, file]) => file), "lib/cycle-a.ts", "lib/cycle-b.ts"]);
  expect(found.filter((violation) => !guilty.has(violation.from))).toEqual([]);
});

test("only lib/env.ts reads the environment (and instrumentation.ts, the name that Next replaces)", () => {
  const sources = ["app", "lib"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name)),
  );
  const readers = [...sources, "worker.ts", "instrumentation.ts", "start-node.ts"]
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.startsWith("lib/db/generated/"))
    .filter((file) => /process\s*\.\s*env(?!\.NEXT_RUNTIME === "nodejs")/.test(readFileSync(file, "utf8")));
  expect(readers).toEqual(["lib/env.ts"]);
});
