import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import { bundledHost } from "@/lib/inference/bundled-host";
import { chosenDevices, closeInference, describeInference, infer } from "@/lib/inference/client";
import { forkHost } from "@/lib/inference/fork-host";
import { keepHost } from "@/lib/inference/keep-host";
import type { FromHost } from "@/lib/inference/messages";
import { probeDevice } from "@/lib/inference/probe-devices";
import type { GenerateInput } from "@/lib/inference/tasks";
import { writeTinyDiffusion } from "../support/tiny-diffusion";

let model = "";
beforeAll(async () => {
  model = await mkdtemp(path.join(tmpdir(), "mosaiq-inference-process-"));
  await writeTinyDiffusion(model);
});
afterAll(() => rm(model, { recursive: true }));
afterEach(async () => {
  await closeInference();
  vi.unstubAllEnvs();
  forgetEnv();
});

const request = (change: Partial<GenerateInput> = {}): GenerateInput => ({
  ...{ model, prompt: "a cat", negativePrompt: "", width: 64, height: 64, steps: 4, guidance: 7 },
  ...{ sampler: "euler", schedule: "normal", convention: "diffusers" },
  ...{ seed: 42, count: 1, generator: "torch-cpu" },
  ...change,
});

const BUNDLE = 'import("./lib/inference/bundled-host").then((module) => module.bundledHost());';

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("a host stops within a step of being told", async () => {
  const host = forkHost(await bundledHost(), { device: { kind: "cpu" }, budgetBytes: 2 ** 30 });
  const heard: FromHost[] = [];
  const answer = await new Promise<FromHost>((resolve, reject) => {
    host.listen(
      (message) => {
        heard.push(message);
        if (message.kind !== "progress") resolve(message);
        else if (heard.length === 2) host.send({ kind: "cancel" });
      },
      (how) => reject(new Error(how)),
    );
    // Large enough that a step takes far longer than a message does, also on a busy machine.
    host.send({ kind: "run", task: "generate", input: request({ steps: 900, width: 512, height: 512 }) });
  });
  host.kill();
  expect(answer).toMatchObject({ kind: "failed", error: { name: "AbortError" } });
  // The second step's message, the one under way at most, and the answer.
  expect(heard.length).toBeLessThanOrEqual(4);
});

test("a host that has nothing to do for ten minutes ends", async () => {
  const gone = vi.fn();
  const kept = keepHost(await bundledHost(), { device: { kind: "cpu" }, budgetBytes: 2 ** 30 }, gone);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  kept.use();
  kept.rest();
  vi.advanceTimersByTime(599_000);
  kept.use();
  vi.advanceTimersByTime(599_000);
  kept.rest();
  const pid = kept.pid()!;
  expect(gone).not.toHaveBeenCalled();
  vi.advanceTimersByTime(601_000);
  vi.useRealTimers();
  expect(gone).toHaveBeenCalledOnce();
  expect(kept.pid()).toBeNull();
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 20_000 });
});

test("no host outlives a parent that is killed", async () => {
  const args = ["--import", "tsx", "tests/support/infer-and-hang.ts", model];
  const env = { ...process.env, INFERENCE_DEVICE: "cpu" };
  const parent = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(parent.stdout, "data");
  const pid = Number(line);
  expect(isRunning(pid)).toBe(true);
  parent.kill("SIGKILL");
  await once(parent, "exit");
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 20_000 });
  expect(existsSync(`.build/inference-host.${parent.pid}.mjs`)).toBe(true);
  // The next program tidies up what this one could not.
  const next = spawn(process.execPath, ["--import", "tsx", "-e", BUNDLE], { stdio: "inherit" });
  await once(next, "exit");
  expect(existsSync(`.build/inference-host.${parent.pid}.mjs`)).toBe(false);
});

test("each device has a host of its own, and they work at the same time", async () => {
  vi.stubEnv("INFERENCE_DEVICE", "cpu,cpu");
  vi.stubEnv("INFERENCE_MEMORY_MB", "100");
  forgetEnv();
  const busy: number[] = [];
  const onProgress = async () => {
    const { hosts } = await describeInference();
    busy.push(hosts.filter((host) => host.process === "busy").length);
  };
  const [one, two] = await Promise.all([
    infer("generate", request(), { onProgress }),
    infer("generate", request(), { onProgress }),
  ]);
  expect(one.pictures).toEqual(two.pictures);
  expect(busy).toContain(2);
  const { hosts, budgetBytes } = await describeInference();
  expect(budgetBytes).toBe(50 * 2 ** 20);
  expect(new Set(hosts.map(({ pid }) => pid)).size).toBe(2);
});

const CUDA = "node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so";
test.skipIf(existsSync(CUDA))("a device that is asked for and is not there is told", async () => {
  vi.stubEnv("INFERENCE_DEVICE", "cuda:7");
  forgetEnv();
  await expect(infer("generate", request())).rejects.toMatchObject({ code: "device_unavailable" });
  expect(await probeDevice(await bundledHost(), "cuda")).toEqual({
    ...{ works: false, why: "its libraries are not installed" },
  });
});

test("a probe that crashes says no more than that", async () => {
  expect(await probeDevice("tests/support/nothing.mjs", "webgpu")).toEqual({
    ...{ works: false, why: "the probe ended with status 1" },
  });
});

const SWIFTSHADER = "/usr/lib/chromium/vk_swiftshader_icd.json";
test.runIf(existsSync(SWIFTSHADER))("draws on WebGPU where there is an adapter", async () => {
  vi.stubEnv("INFERENCE_DEVICE", "cpu");
  forgetEnv();
  const onCpu = (await infer("generate", request())).pictures[0]!.picture;
  await closeInference();
  vi.stubEnv("LD_LIBRARY_PATH", path.dirname(SWIFTSHADER));
  vi.stubEnv("VK_DRIVER_FILES", SWIFTSHADER);
  vi.stubEnv("INFERENCE_DEVICE", "auto");
  forgetEnv();
  expect(await chosenDevices()).toMatchObject({
    devices: [{ kind: "webgpu" }],
    why: expect.stringMatching(/^WebGPU: there is an adapter; no CUDA: /),
  });
  const onWebGpu = (await infer("generate", request())).pictures[0]!.picture;
  const differences = onWebGpu.data.map((byte, i) => Math.abs(byte - onCpu.data[i]!));
  expect(Math.max(...differences)).toBeLessThanOrEqual(1);
});
