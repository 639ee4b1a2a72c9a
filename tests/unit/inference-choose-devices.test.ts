import { expect, test } from "vitest";
import { chooseDevices, type Probe } from "@/lib/inference/choose-devices";
import { memoryBudget } from "@/lib/inference/memory-budget";

const machine =
  (...kinds: string[]): Probe =>
  async (kind) =>
    kinds.includes(kind) ? { works: true, why: "there" } : { works: false, why: "not there" };

test.each([
  ["auto", ["cuda", "webgpu"], [{ kind: "cuda" }], "CUDA: there"],
  ["auto", ["cuda"], [{ kind: "cuda" }], "CUDA: there"],
  ["auto", ["webgpu"], [{ kind: "webgpu" }], "WebGPU: there; no CUDA: not there"],
  ["auto", [], [{ kind: "cpu" }], "no CUDA: not there; no WebGPU: not there"],
  ["cpu", ["cuda", "webgpu"], [{ kind: "cpu" }], "INFERENCE_DEVICE is cpu"],
  ["webgpu", [], [{ kind: "webgpu" }], "INFERENCE_DEVICE is webgpu"],
  ["cuda:1", ["cuda"], [{ kind: "cuda", id: 1 }], "INFERENCE_DEVICE is cuda:1"],
  [
    "cuda:0,cuda:2",
    [],
    [
      { kind: "cuda", id: 0 },
      { kind: "cuda", id: 2 },
    ],
    "INFERENCE_DEVICE is cuda:0,cuda:2",
  ],
])("%s on a machine with %j", async (setting, kinds, devices, why) => {
  expect(await chooseDevices(setting, machine(...kinds))).toEqual({
    ...{ devices, why, by: setting === "auto" ? "probe" : "setting" },
  });
});

test("a machine that is told what to use is not probed", async () => {
  const probed = () => Promise.reject(new Error("probed"));
  await expect(chooseDevices("cpu", probed)).resolves.toMatchObject({ devices: [{ kind: "cpu" }] });
  await expect(chooseDevices("auto", probed)).rejects.toThrow("probed");
});

test("the budget is what is given, else a part of the machine", () => {
  expect(memoryBudget(3)).toBe(3 * 2 ** 20);
  const budget = memoryBudget(undefined);
  expect(Number.isInteger(budget)).toBe(true);
  expect(budget).toBeGreaterThan(0);
  expect(budget).toBeLessThan(2 ** 43);
});
