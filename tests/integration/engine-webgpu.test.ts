import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** SwiftShader: a GPU in software, which Debian's Chromium brings; slow, and right. */
const CHROMIUM = "/usr/lib/chromium";
const DRIVER = `${CHROMIUM}/vk_swiftshader_icd.json`;
const SUITE = [
  "engine-unet",
  "engine-models-autoencoders",
  "engine-models-upscalers",
  "engine-models-vision",
];

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

test.skipIf(!existsSync(DRIVER))(
  "the engine's numbers hold on WebGPU, within a thousandth (skipped where Debian's Chromium is not installed)",
  async () => {
    const vitest = ["node_modules/vitest/vitest.mjs", "run", "--project", "unit", "--reporter=json"];
    const env = {
      ...process.env,
      ...{ ENGINE_TEST_DEVICE: "webgpu", VK_DRIVER_FILES: DRIVER, LD_LIBRARY_PATH: CHROMIUM },
    };
    const { stdout } = await promisify(execFile)(process.execPath, [...vitest, ...SUITE], {
      ...{ env, maxBuffer: 2 ** 26 },
    }).catch((failed: { stdout: string }) => failed);
    const report = JSON.parse(stdout.slice(stdout.indexOf("{"))) as Report;
    const failed = report.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]?.split("\n")[0]}`);
    expect(failed).toEqual([]);
    expect(report.numPassedTests).toBeGreaterThan(20);
  },
  600_000,
);
