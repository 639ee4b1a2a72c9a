import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import { ERRORS } from "@/lib/errors";
import { closeInference, describeInference, infer } from "@/lib/inference/client";
import { describeMachine } from "@/lib/inference/describe-machine";
import type { GenerateInput } from "@/lib/inference/tasks";

vi.mock("@/lib/inference/bundled-host", () => ({
  bundledHost: async () => fileURLToPath(new URL("../support/fake-host.mjs", import.meta.url)),
}));

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-fake-host-"));
});
afterEach(async () => {
  await closeInference();
  vi.unstubAllEnvs();
  forgetEnv();
  await rm(folder, { recursive: true });
});

/** What devices work, what happens in call after call, and what INFERENCE_DEVICE says. */
async function machine(works: string, script: string, setting = "auto"): Promise<void> {
  await setWorking(works);
  await writeFile(path.join(folder, "script"), script);
  vi.stubEnv("FAKE_HOST", folder);
  vi.stubEnv("INFERENCE_DEVICE", setting);
  vi.stubEnv("MODELS_DIR", path.join(folder, "models"));
  forgetEnv();
}
const setWorking = (works: string) => writeFile(path.join(folder, "works"), works);

const draw = (model = "/m/a") => {
  const request: GenerateInput = {
    ...{ model, prompt: "", negativePrompt: "", width: 64, height: 64, steps: 4, guidance: 7 },
    ...{ sampler: "euler", schedule: "normal", convention: "diffusers" },
    ...{ seed: 42, count: 1, generator: "torch-cpu" },
  };
  return infer("generate", request);
};
/** Every call as "kind:what happened". */
const heard = async () => (await calls()).map(([kind, word]) => `${kind}:${word}`);
/** How many processes there were. */
const processes = async () => new Set((await calls()).map(([, , pid]) => pid)).size;
const calls = async () =>
  (await readFile(path.join(folder, "heard"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => line.split(":"));
const devices = async () => (await describeInference()).devices.map(({ kind }) => kind);

describe("a device that stops answering", () => {
  test("is given a new process and the task once more, unseen by the caller", async () => {
    await machine("webgpu", "lost done");
    await draw();
    expect(await heard()).toEqual(["webgpu:lost", "webgpu:done"]);
    expect(await processes()).toBe(2);
  });

  test.each(["lost lost", "lost die", "lost unavailable", "die die"])(
    "for good (%s) is told as lost, which is worth another try",
    async (script) => {
      await machine("webgpu", script, "webgpu");
      await expect(draw()).rejects.toMatchObject({ name: "AppError", code: "device_lost" });
      expect(ERRORS.device_lost.retryable).toBe(true);
      // Nobody but who named the device may take another one.
      await setWorking("");
      await draw();
      expect((await heard()).at(-1)).toBe("webgpu:done");
    },
  );

  test("is replaced by what is found then, where it was found and not named", async () => {
    await machine("webgpu", "done lost unavailable");
    await draw();
    expect(await devices()).toEqual(["webgpu"]);
    await setWorking("");
    const failing = draw();
    const waiting = draw();
    await expect(failing).rejects.toMatchObject({ code: "device_lost" });
    await waiting;
    await draw();
    expect((await heard()).slice(3)).toEqual(["cpu:done", "cpu:done"]);
    expect(await devices()).toEqual(["cpu"]);
    expect((await describeInference()).hosts).toMatchObject([{ device: { kind: "cpu" }, process: "idle" }]);
  });

  test("is used again where it is found again", async () => {
    await machine("cuda", "lost lost");
    await expect(draw()).rejects.toMatchObject({ code: "device_lost" });
    await draw();
    expect(await heard()).toEqual(["cuda:lost", "cuda:lost", "cuda:done"]);
  });

  test("is lost where it was found and then is not there, and wrong settings where it was named and never was", async () => {
    await machine("cuda", "unavailable unavailable");
    await expect(draw()).rejects.toMatchObject({ code: "device_lost" });
    await closeInference();
    await machine("", "done done unavailable", "cuda");
    await expect(draw()).rejects.toMatchObject({ name: "EngineError", code: "device_unavailable" });
  });
});

test("what is wrong with a task itself is told at once", async () => {
  await machine("webgpu", "wrong");
  await expect(draw()).rejects.toMatchObject({ name: "EngineError", code: "size_invalid" });
  expect(await heard()).toHaveLength(1);
});

test("of several idle devices the one that has the model goes first", async () => {
  await machine("", "", "cpu,cpu");
  const pids = async (...models: string[]) =>
    (await Promise.all(models.map(draw))).map((output) => (output as unknown as { pid: number }).pid);
  const [one, two] = await pids("/m/a", "/m/b");
  expect(one).not.toBe(two);
  expect(await pids("/m/b")).toEqual([two]);
  expect(await pids("/m/b")).toEqual([two]);
  expect(await pids("/m/a")).toEqual([one]);
  // Busy: the other one loads it rather than letting it wait.
  expect(await pids("/m/b", "/m/b")).toEqual([two, one]);
});

test("tasks that wait for what is in memory go before those that need something else", async () => {
  await machine("", "", "cpu");
  await Promise.all(["/m/a", "/m/b", "/m/a", "/m/b", "/m/a"].map(draw));
  expect((await calls()).map(([, , , model]) => model)).toEqual(["a", "a", "a", "b", "b"]);
});

describe("the machine, as anybody may know it", () => {
  test("names the models that are installed, and nothing else of where things are", async () => {
    await machine("", "", "auto");
    expect(await describeMachine()).toMatchObject({
      by: "probe",
      waiting: 0,
      devices: [{ kind: "cpu", models: [] }],
    });
    const installed = path.join(folder, "models/checkpoints/sd/one.safetensors");
    await mkdir(path.dirname(installed), { recursive: true });
    await writeFile(installed, "");
    await draw(installed);
    await draw("/home/somebody/secret.safetensors");
    const described = await describeMachine();
    expect(described?.devices).toEqual([
      {
        ...{ kind: "cpu", id: null, isBusy: false },
        models: [
          { name: "sd/one", sizeBytes: 1 },
          { name: null, sizeBytes: 1 },
        ],
      },
    ]);
    expect(JSON.stringify(described)).not.toMatch(/secret|safetensors|mosaiq/);
  });

  test("has no host only because somebody looked", async () => {
    await machine("", "", "cpu");
    await describeMachine();
    expect((await describeInference()).hosts).toMatchObject([{ process: "none", pid: null }]);
  });

  test("is nothing where others do the work", async () => {
    await machine("", "", "cpu");
    vi.stubEnv("JOB_CONCURRENCY", "0");
    forgetEnv();
    expect(await describeMachine()).toBeNull();
  });
});
