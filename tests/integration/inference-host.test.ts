import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Picture, picture } from "@/lib/engine/picture";
import { forgetEnv } from "@/lib/env";
import { closeInference, describeInference, infer } from "@/lib/inference/client";
import type { GenerateInput, GenerateProgress } from "@/lib/inference/tasks";
import { readPipelineGolden, writeTinyControlNet, writeTinyDiffusion } from "../support/tiny-diffusion";

const golden = await readPipelineGolden();
let folder = "";
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-inference-"));
  await writeTinyDiffusion(at("a"));
  await cp(at("a"), at("b"), { recursive: true });
  await cp(at("a"), at("c"), { recursive: true });
  await writeTinyControlNet(at("control"), "control-a:");
});
afterAll(() => rm(folder, { recursive: true }));

function settings(variables: Readonly<Record<string, string>> = {}): void {
  vi.stubEnv("INFERENCE_DEVICE", "cpu");
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  forgetEnv();
}
afterEach(async () => {
  await closeInference();
  vi.unstubAllEnvs();
  forgetEnv();
});

const request = (change: Partial<GenerateInput> = {}): GenerateInput => ({
  ...{ model: at("a"), prompt: golden.prompt, negativePrompt: golden.negative },
  ...{ width: golden.size, height: golden.size, steps: 6, guidance: 7.5 },
  ...{ sampler: "euler", schedule: "normal", convention: "diffusers" },
  ...{ seed: 42, count: 1, generator: "torch-cpu" },
  ...change,
});
const draw = async (change: Partial<GenerateInput> = {}): Promise<Picture> =>
  (await infer("generate", request(change))).pictures[0]!.picture;

const host = async () => (await describeInference()).hosts[0]!;
const residents = async () => (await host()).residents.map(({ model }) => path.basename(model));
const kill = async () => process.kill((await host()).pid!, "SIGKILL");

describe("a task", () => {
  test("draws the reference's picture in another process", async () => {
    settings();
    const heard: GenerateProgress[] = [];
    const output = await infer("generate", request({ wantsPreviews: true }), {
      onProgress: (progress) => heard.push(progress),
    });
    expect(heard.map(({ step, of }) => [step, of])).toEqual([1, 2, 3, 4, 5, 6].map((step) => [step, 6]));
    expect(heard.every(({ previews }) => previews?.[0]?.width === golden.size)).toBe(true);
    const [drawn] = output.pictures;
    expect(drawn?.seed).toBe(42n);
    const reference = Buffer.from(golden.cases.euler!.picture, "base64");
    const differences = reference.map((byte, i) => Math.abs(byte - drawn!.picture.data[i]!));
    expect(drawn!.picture.data).toHaveLength(reference.length);
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
    expect(output.timesMs.steps).toHaveLength(6);
    expect(await host()).toMatchObject({ process: "idle", residents: [{ model: at("a") }] });
    expect((await host()).pid).not.toBe(process.pid);
  });

  test("shows what is known of it no more often than it is asked for", async () => {
    settings();
    const heard: GenerateProgress[] = [];
    const onProgress = (progress: GenerateProgress) => heard.push(progress);
    await infer("generate", request({ wantsPreviews: true, previewPaceMs: 3_600_000 }), { onProgress });
    expect(heard.map(({ previews }) => previews)).toEqual(Array(6).fill(undefined));
    await infer("generate", request({ wantsPreviews: true, previewPaceMs: 0 }), { onProgress });
    expect(heard.slice(6).every(({ previews }) => previews?.length === 1)).toBe(true);
  });

  test("finds its model in memory the second time, and opened anew where the file was replaced", async () => {
    settings();
    await cp(at("a"), at("d"), { recursive: true });
    const first = await draw({ model: at("d") });
    expect(await draw({ model: at("d") })).toEqual(first);
    expect(await residents()).toEqual(["d"]);
    await writeTinyDiffusion(at("d"), { unet: "unet-lcm" });
    const replaced = await draw({ model: at("d"), sampler: "lcm", steps: 4 });
    expect(replaced).toEqual(await draw({ model: at("d"), sampler: "lcm", steps: 4 }));
    expect(await residents()).toEqual(["d"]);
  });

  test("fits and annotates what steers it, and begins with a picture under a mask", async () => {
    settings();
    const data = Uint8ClampedArray.from({ length: 40 * 30 * 3 }, (_, i) => (i % 120 < 60 ? 255 : 20));
    const photo = picture(40, 30, data);
    const part = { weight: 1, from: 0, to: 1, guess: false };
    const controls = [{ model: at("control"), annotator: "canny", picture: photo, ...part }] as const;
    const plain = await draw();
    const steered = await draw({ controls });
    expect(steered.data).not.toEqual(plain.data);
    const without = controls.map((control) => ({ ...control, weight: 0 }));
    expect((await draw({ controls: without })).data).toEqual(plain.data);
    const kept = picture(40, 30);
    const white = picture(40, 30, new Uint8ClampedArray(40 * 30 * 3).fill(255));
    const init = { picture: photo, strength: 0.6 };
    expect(await draw({ init, mask: kept })).not.toEqual(await draw({ init, mask: white }));
    expect(await draw({ init, mask: white })).toEqual(await draw({ init }));
  });

  test("waits for its turn", async () => {
    settings();
    const order: string[] = [];
    const one = infer("generate", request(), { onProgress: ({ step }) => order.push(`one ${step}`) });
    const two = infer("generate", request({ seed: 7, steps: 2 }), {
      onProgress: ({ step }) => order.push(`two ${step}`),
    });
    await vi.waitFor(async () => expect((await describeInference()).waiting).toBe(1));
    await Promise.all([one, two]);
    expect(order).toEqual([1, 2, 3, 4, 5, 6].map((step) => `one ${step}`).concat("two 1", "two 2"));
  });
});

describe("what goes wrong", () => {
  test("crosses with its code and details, and the host goes on", async () => {
    settings();
    await expect(draw({ model: at("nothing") })).rejects.toMatchObject({
      ...{ name: "EngineError", code: "weights_missing", details: { file: at("nothing") } },
    });
    await expect(draw({ width: 60 })).rejects.toMatchObject({
      ...{ code: "size_invalid", details: { setting: "width", got: 60, expected: 8 } },
    });
    await expect(draw({ count: 0 })).rejects.toMatchObject({ code: "setting_invalid" });
    await expect(draw({ steps: 0 })).rejects.toMatchObject({ code: "setting_invalid" });
    const { pid } = await host();
    expect((await draw()).width).toBe(golden.size);
    expect((await host()).pid).toBe(pid);
  });

  test("a cancelled task gives its caller back, and the host is free for the next one", async () => {
    settings();
    const stop = new AbortController();
    const heard: number[] = [];
    const stopped = infer("generate", request({ steps: 900 }), {
      signal: stop.signal,
      onProgress: ({ step }) => {
        heard.push(step);
        if (step === 2) stop.abort(new Error("enough"));
      },
    });
    await expect(stopped).rejects.toThrow("enough");
    const { pid } = await host();
    const done = await infer("generate", request());
    // The same process, with the model that it had opened before it was stopped.
    expect(await host()).toMatchObject({ pid, residents: [{ model: at("a") }] });
    expect(done.pictures).toHaveLength(1);
    expect(heard).toEqual([1, 2]);
    await expect(infer("generate", request(), { signal: stop.signal })).rejects.toThrow("enough");
  });

  test("a host that is killed at work is replaced, and the picture is the same", async () => {
    settings();
    // So many steps of a millisecond that it is still at work when the kill arrives.
    const steps = 200;
    const undisturbed = await draw({ steps });
    const { pid } = await host();
    const heard: number[] = [];
    const output = await infer("generate", request({ steps }), {
      onProgress: ({ step }) => {
        heard.push(step);
        if (step === 3) void kill();
      },
    });
    expect(output.pictures[0]!.picture).toEqual(undisturbed);
    expect(heard).toEqual(Array.from({ length: steps }, (_, i) => i + 1));
    expect((await host()).pid).not.toBe(pid);
  });

  test("one that is killed while it has nothing to do is replaced when it is needed", async () => {
    settings();
    const first = await draw();
    await kill();
    await vi.waitFor(async () => expect(await host()).toMatchObject({ process: "none", residents: [] }));
    expect(await draw()).toEqual(first);
  });

  test("a task whose host dies twice is given up, and the next one is not", async () => {
    settings();
    // Whichever step is heard first of a host, it is its last word: a kill takes its time, and steps do not wait for it.
    const killed = new Set<number>();
    const killOnce = async () => {
      const { pid } = await host();
      if (pid === null || killed.has(pid)) return;
      killed.add(pid);
      process.kill(pid, "SIGKILL");
    };
    const doomed = infer("generate", request({ steps: 900 }), { onProgress: () => void killOnce() });
    await expect(doomed).rejects.toMatchObject({
      ...{ name: "AppError", code: "host_crashed", details: { task: "generate", how: "SIGKILL" } },
    });
    expect(killed.size).toBe(2);
    expect((await draw()).width).toBe(golden.size);
  });

  test("closed in the middle of it, everything ends as aborted", async () => {
    settings();
    const waiting: Promise<unknown>[] = [];
    const working = infer("generate", request({ steps: 900 }), {
      onProgress: ({ step }) => {
        if (step !== 1) return;
        waiting.push(expect(infer("generate", request())).rejects.toMatchObject({ name: "AbortError" }));
        void vi
          .waitFor(async () => expect((await describeInference()).waiting).toBe(1))
          .then(() => closeInference());
      },
    });
    await expect(working).rejects.toMatchObject({ name: "AbortError" });
    await Promise.all(waiting);
  });
});

describe("memory", () => {
  /** The tiny model takes up 7.2 MB, with its ControlNet 7.3. */
  test("holds what fits, and lets the least recently used go", async () => {
    settings({ INFERENCE_MEMORY_MB: "16" });
    for (const model of ["a", "b", "a", "c"]) await draw({ model: at(model) });
    expect(await residents()).toEqual(["a", "c"]);
  });

  test("is given back by a new process, unseen by the caller", async () => {
    settings({ INFERENCE_MEMORY_MB: "8" });
    const undisturbed = await draw();
    const { pid } = await host();
    const blank = picture(8, 8);
    const part = { weight: 1, from: 0, to: 1, guess: false };
    await draw({ controls: [{ model: at("control"), annotator: "none", picture: blank, ...part }] });
    expect((await host()).pid).toBe(pid);
    expect(await draw()).toEqual(undisturbed);
    expect((await host()).pid).not.toBe(pid);
    expect(await residents()).toEqual(["a"]);
  });

  test("that is too little for one model is told with what it needs", async () => {
    settings({ INFERENCE_MEMORY_MB: "4" });
    await expect(draw()).rejects.toMatchObject({ code: "out_of_memory", details: { got: 8, expected: 4 } });
  });
});
