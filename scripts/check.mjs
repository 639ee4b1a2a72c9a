import { checkNode, ensureClient, ensurePackages, giveUp, runBin } from "./ensure.mjs";

const CODE = [
  "app",
  "lib",
  "scripts",
  "tests",
  "training",
  "instrumentation.ts",
  "start-node.ts",
  "worker.ts",
];

/** What must hold of the sources without running them. */
const CHECKS = [
  ["types", "typescript/bin/tsc", ["--noEmit", "-p", "."]],
  ["style", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]],
  [
    "layers",
    "dependency-cruiser/bin/dependency-cruise.mjs",
    ["--config", ".dependency-cruiser.mjs", ...CODE],
  ],
  ["unused code", "knip/bin/knip.js", []],
];

/** Runs all checks at once; returns the names of those that failed, after printing why. */
export async function check() {
  const results = await Promise.all(
    CHECKS.map(async ([name, bin, args]) => {
      const start = performance.now();
      try {
        await runBin(bin, args);
        console.log(`✓ ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
        return null;
      } catch (error) {
        console.error(`✗ ${name}\n${error.message}`);
        return name;
      }
    }),
  );
  return results.filter((name) => name !== null);
}

if (import.meta.main ?? process.argv[1]?.endsWith("check.mjs")) {
  checkNode();
  await ensurePackages();
  await ensureClient();
  const failed = await check();
  if (failed.length > 0) giveUp(`Failed: ${failed.join(", ")}`);
}
