import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { check } from "./check.mjs";
import {
  checkNode,
  ensureBuild,
  ensureClient,
  ensurePackages,
  giveUp,
  ROOT,
  runBin,
  step,
} from "./ensure.mjs";

// Static checks, then every test; the last line sums up. The app is built once, for the browser tests.
checkNode();
try {
  await step("Installing packages", ensurePackages);
  await step("Preparing the database client", ensureClient);
} catch (error) {
  giveUp(error.message);
}
const failedChecks = await check();

const total = { passed: 0, failed: failedChecks.length, skipped: 0 };
try {
  await step("Building the app", ensureBuild);
} catch (error) {
  console.error(error.message);
  total.failed++;
}
const report = path.join(ROOT, ".build/test-results.json");
mkdirSync(path.dirname(report), { recursive: true });
rmSync(report, { force: true });
const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
const isGreen = await runBin("vitest/vitest.mjs", [...args, ...process.argv.slice(2)], { show: true }).then(
  () => true,
  () => false,
);
const counted = readCounts(report);
total.passed += counted.passed;
// An error outside every test (a file that does not load, an unhandled rejection) fails the run without one.
total.failed += counted.failed || (isGreen ? 0 : 1);
total.skipped += counted.skipped;

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);

function readCounts(file) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
      readFileSync(file, "utf8"),
    );
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
