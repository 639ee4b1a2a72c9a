import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { conv2d } from "@/lib/engine/nn/conv-2d";
import { linear } from "@/lib/engine/nn/linear";
import type { Patch, Scope } from "@/lib/engine/nn/scope";
import type { Value } from "@/lib/engine/onnx/graph";
import { emitNetwork } from "@/lib/engine/pipelines/emit-network";
import { type Device, openSession } from "@/lib/engine/runtime/session";
import { openSafetensors } from "@/lib/engine/safetensors/open-safetensors";
import { writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { sizeOf, type Tensor, tensor } from "@/lib/engine/tensor";

const EXACT: Device = { kind: "cpu", threads: 1 };
const INT8: Device = { ...EXACT, precision: "int8" };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-int8-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Whole numbers, reproducible; in every row of `row` numbers one is `edge`, so that rounding to 8 bits keeps all. */
function whole(shape: readonly number[], row: number, low: number, edge: number): Tensor {
  let state = 7;
  const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return i % row === 0 ? edge : low + Math.floor((state / 2 ** 32) * (edge - low + 1));
  });
  return tensor(shape, data);
}

type Emit = (s: Scope, x: Value) => Value;
type Stored = Readonly<Record<string, Tensor>>;

async function run(
  emit: Emit,
  stored: Stored,
  x: Tensor,
  device: Device,
  patches?: ReadonlyMap<string, Patch[]>,
) {
  const file = path.join(folder, `${Math.random()}.safetensors`);
  const entries = Object.entries(stored).map(
    ([key, { shape, data }]) => [key, { dtype: "F32", shape, data }] as const,
  );
  await writeSafetensors(file, new Map(entries));
  const { tensors: weights } = await openSafetensors(file);
  const model = emitNetwork({ weights, ...(patches && { patches }) }, device, (s) => {
    const free = x.shape.map((_, i) => `d${i}`);
    s.graph.output("y", emit(s, s.graph.input("x", "float32", free)), "float32", free);
  });
  const session = await openSession(model, device);
  const { y } = await session.run({ x });
  await session.release();
  return y!;
}

const largest = ({ data }: Tensor): number =>
  data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function expectEqual(got: Tensor, wanted: Tensor): void {
  expect(got.shape).toEqual(wanted.shape);
  const bound = largest(wanted) * 1e-5;
  got.data.forEach((value, i) => {
    expect(Math.abs(value - wanted.data[i]!)).toBeLessThanOrEqual(bound);
  });
}

/** In decibels, how far the error lies below the signal. */
function signalToNoise(got: Tensor, wanted: Tensor): number {
  const power = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  return 10 * Math.log10(power(wanted.data) / power(wanted.data.map((value, i) => value - got.data[i]!)));
}

describe("whole numbers, which 8 bits hold without a loss, come out as in float32", () => {
  test("through a Linear", async () => {
    const stored = { "p.weight": whole([40, 48], 48, -127, 127), "p.bias": whole([40], 1, 0, 9) };
    const emit: Emit = (s, x) => linear(s.inInt8("p"), x, 48, 40);
    const x = whole([2, 5, 48], 7, 0, 255);
    expectEqual(await run(emit, stored, x, INT8), await run(emit, stored, x, EXACT));
  });

  test("through convolutions of any kernel, stride, padding and size", async () => {
    const side = fc.integer({ min: 3, max: 9 });
    const cases = fc.record({
      kernel: fc.constantFrom(1, 2, 3, 4),
      stride: fc.constantFrom(1, 2, 3),
      pads: fc.tuple(...[0, 0, 0, 0].map(() => fc.integer({ min: 0, max: 2 }))),
      height: side,
      width: side,
      biased: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ kernel, stride, pads, height, width, biased }) => {
        fc.pre(Math.min(height + pads[0]! + pads[2]!, width + pads[1]! + pads[3]!) >= kernel);
        const padding = pads as unknown as readonly [number, number, number, number];
        const weight = whole([34, 32, kernel, kernel], 32 * kernel * kernel, -127, 127);
        const stored: Stored = { "c.weight": weight, ...(biased && { "c.bias": whole([34], 1, 0, 9) }) };
        const emit: Emit = (s, x) => conv2d(s.inInt8("c"), x, 32, 34, { kernel, stride, padding });
        const x = whole([2, 32, height, width], 11, 0, 255);
        expectEqual(await run(emit, stored, x, INT8), await run(emit, stored, x, EXACT));
      }),
      { numRuns: 40 },
    );
  });

  test("and a patched weight is patched before it is rounded", async () => {
    const stored = { "p.weight": whole([40, 48], 48, -127, 127) };
    const half: Patch = (graph, weight) => graph.op("Mul", [weight, graph.constant("float32", [], [0.5])]);
    const emit: Emit = (s, x) => linear(s.inInt8("p"), x, 48, 40);
    const x = whole([1, 48], 7, 0, 255);
    const patches = new Map([["p.weight", [half]]]);
    expectEqual(await run(emit, stored, x, INT8, patches), await run(emit, stored, x, EXACT, patches));
  });
});

describe("what is rounded", () => {
  const stored = { "p.weight": whole([64, 64], 64, -126, 127) };
  const x = tensor(
    [16, 64],
    Float32Array.from({ length: 1024 }, (_, i) => Math.sin(i * i)),
  );

  test("is 35 dB from float32, a layer", async () => {
    const emit: Emit = (s, value) => linear(s.inInt8("p"), value, 64, 64);
    const decibels = signalToNoise(await run(emit, stored, x, INT8), await run(emit, stored, x, EXACT));
    expect(decibels).toBeGreaterThan(35);
    expect(decibels).toBeLessThan(60);
  });

  test("is what a model says can be, and nothing else", async () => {
    const emit: Emit = (s, value) => linear(s.at("p"), value, 64, 64);
    expect((await run(emit, stored, x, INT8)).data).toEqual((await run(emit, stored, x, EXACT)).data);
  });

  test("is nothing in float32", async () => {
    const [rounded, whole]: Emit[] = [
      (s, value) => linear(s.inInt8("p"), value, 64, 64),
      (s, value) => linear(s.at("p"), value, 64, 64),
    ];
    expect((await run(rounded!, stored, x, EXACT)).data).toEqual((await run(whole!, stored, x, EXACT)).data);
  });

  test("is a row of zeros too", async () => {
    const zeros = { "p.weight": tensor([32, 32], new Float32Array(1024)) };
    const emit: Emit = (s, value) => linear(s.inInt8("p"), value, 32, 32);
    const y = await run(emit, zeros, tensor([1, 32], new Float32Array(32).fill(1)), INT8);
    expect([...y.data]).toEqual(new Array(32).fill(0));
  });
});

test("prepared weights are gone once a session is open, and where none could be opened", async () => {
  const scratch = path.join(folder, "scratch");
  await mkdir(scratch);
  vi.stubEnv("TMPDIR", scratch);
  onTestFinished(() => void vi.unstubAllEnvs());
  const stored = { "p.weight": whole([64, 64], 64, -126, 127) };
  const x = tensor([1, 64], new Float32Array(64).fill(1));
  await run((s, value) => linear(s.inInt8("p"), value, 64, 64), stored, x, INT8);
  const broken: Emit = (s, value) => s.graph.op("NoSuchOperator", [linear(s.inInt8("p"), value, 64, 64)]);
  await expect(run(broken, stored, x, INT8)).rejects.toMatchObject({ code: "weights_damaged" });
  expect(await readdir(scratch)).toEqual([]);
  vi.stubEnv("TMPDIR", path.join(scratch, "missing"));
  await expect(
    run((s, value) => linear(s.inInt8("p"), value, 64, 64), stored, x, INT8),
  ).rejects.toMatchObject({
    code: "ENOENT",
  });
});
