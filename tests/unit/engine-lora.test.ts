import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseLora } from "@/lib/engine/lora/parse-lora";
import { type LoraPatches, type LoraUse, stackLoras } from "@/lib/engine/lora/stack-loras";
import { unet2dCondition } from "@/lib/engine/models/unet-2d-condition";
import { readUNetConfig } from "@/lib/engine/models/unet-config";
import { FORMS } from "@/lib/engine/nn/forms";
import { Scope } from "@/lib/engine/nn/scope";
import { Graph } from "@/lib/engine/onnx/graph";
import { openSession } from "@/lib/engine/runtime/session";
import { openSafetensors } from "@/lib/engine/safetensors/open-safetensors";
import type { Dtype, Weights } from "@/lib/engine/safetensors/stored-tensor";
import { type TensorToWrite, writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { tinyValues, writeTinyCheckpoint } from "../support/tiny-weights";

type Shapes = Record<string, number[]>;

/** A LoRA file of tiny values, its alphas written out. */
interface LoraShapes {
  readonly tensors: Shapes;
  readonly alphas: Readonly<Record<string, number>>;
  readonly dtype?: Dtype;
  readonly salt?: string;
}

async function writeTinyLora(
  file: string,
  { tensors, alphas, dtype = "F32", salt = "" }: LoraShapes,
): Promise<void> {
  const factors = Object.entries(tensors).map(([key, shape]): [string, TensorToWrite] => [
    key,
    { dtype, shape, data: tinyValues(salt + key, shape) },
  ]);
  const scalars = Object.entries(alphas).map(([key, alpha]): [string, TensorToWrite] => [
    key,
    { dtype, shape: [], data: Float32Array.of(alpha) },
  ]);
  await writeSafetensors(file, new Map([...factors, ...scalars]));
}

interface Golden {
  readonly targets: Shapes;
  readonly kinds: readonly (LoraShapes & {
    readonly name: string;
    readonly weight: number;
    readonly merged: Record<string, number[]>;
  })[];
  readonly unet: {
    readonly config: Record<string, unknown>;
    readonly weights: Shapes;
    readonly loras: readonly LoraShapes[];
    readonly loraWeights: readonly number[];
    readonly inputs: { readonly sample: number[]; readonly encoder_hidden_states: number[] };
    readonly timestep: number;
    readonly without: number[];
    readonly output: number[];
  };
}

const golden: Golden = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../golden/lora/golden.json"), "utf8"),
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lora-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Two modules, `linear` and `conv`, in a folder of their own. */
async function openTargets(): Promise<Weights> {
  const file = path.join(folder, "targets.safetensors");
  await writeTinyCheckpoint(file, golden.targets);
  return (await openSafetensors(file)).tensors;
}

/** What a model gets for a weight. */
async function patched(weights: Weights, patches: LoraPatches, key: string): Promise<Float32Array> {
  const graph = new Graph();
  const { shape } = weights.get(key)!;
  const scope = new Scope(graph, { weights, patches: patches.unet }, FORMS.plain);
  // Added to an input: onnxruntime must fold what is a constant, and have something left to run.
  const zero = graph.input("zero", "float32", [1]);
  graph.output("weight", graph.op("Add", [scope.parameter(key, shape), zero]), "float32", shape);
  const session = await openSession(graph.build(), { kind: "cpu" });
  const { weight } = await session.run({ zero: { shape: [1], data: Float32Array.of(0) } });
  return weight!.data;
}

/** The greatest difference, over the greatest number of what is expected. */
function relative(got: ArrayLike<number>, expected: readonly number[]): number {
  expect(got.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - got[i]!))) / scale;
}

describe("weights with a LoRA", () => {
  test.each(golden.kinds)("$name: as the reference merges it", async (kind) => {
    const weights = await openTargets();
    const file = path.join(folder, `${kind.name}.safetensors`);
    await writeTinyLora(file, kind);
    const lora = await parseLora(await openSafetensors(file), { unet: weights });
    expect(lora.unmatched).toEqual([]);
    expect([...lora.patches.unet.keys()].sort()).toEqual(Object.keys(kind.merged).sort());
    const patches = await stackLoras([{ lora, unetWeight: kind.weight, textEncoderWeight: 0 }]);
    for (const [key, merged] of Object.entries(kind.merged))
      expect(relative(await patched(weights, patches, key), merged), key).toBeLessThan(1e-5);
  });

  test("numbers that onnxruntime does not know are widened", async () => {
    const weights = await openTargets();
    const file = path.join(folder, "eights.safetensors");
    // 0x38 is 1 in E4M3, 0xb8 is −1.
    const [up, down] = [new Uint8Array(12).fill(0x38), new Uint8Array(8).fill(0xb8)];
    await writeSafetensors(
      file,
      new Map([
        ["lora_unet_linear.lora_up.weight", { dtype: "F8_E4M3", shape: [12, 1], data: up }],
        ["lora_unet_linear.lora_down.weight", { dtype: "F8_E4M3", shape: [1, 8], data: down }],
      ]),
    );
    const lora = await parseLora(await openSafetensors(file), { unet: weights });
    const patches = await stackLoras([{ lora, unetWeight: 1, textEncoderWeight: 1 }]);
    const expected = [...tinyValues("linear.weight", [12, 8])].map((value) => value - 1);
    expect(relative(await patched(weights, patches, "linear.weight"), expected)).toBeLessThan(1e-6);
  });
});

describe("several LoRAs", () => {
  async function openTwo(): Promise<{ weights: Weights; loras: LoraUse["lora"][] }> {
    const weights = await openTargets();
    const loras: LoraUse["lora"][] = [];
    for (const salt of ["a:", "b:"]) {
      const file = path.join(folder, `${salt[0]}.safetensors`);
      const tensors = {
        ...{ "lora_unet_linear.lora_up.weight": [12, 1], "lora_unet_linear.lora_down.weight": [1, 8] },
        ...{ "lora_te_linear.lora_up.weight": [12, 1], "lora_te_linear.lora_down.weight": [1, 8] },
      };
      await writeTinyLora(file, { salt, tensors, alphas: {} });
      loras.push(await parseLora(await openSafetensors(file), { unet: weights, textEncoder: weights }));
    }
    return { weights, loras };
  }

  /** up · down of the LoRA with that salt. */
  function change(salt: string): number[] {
    const up = tinyValues(`${salt}lora_unet_linear.lora_up.weight`, [12, 1]);
    const down = tinyValues(`${salt}lora_unet_linear.lora_down.weight`, [1, 8]);
    return Array.from({ length: 96 }, (_, i) => up[Math.floor(i / 8)]! * down[i % 8]!);
  }

  test("add up, each by its own weight", async () => {
    const { weights, loras } = await openTwo();
    const stack = await stackLoras([
      { lora: loras[0]!, unetWeight: 0.5, textEncoderWeight: 0 },
      { lora: loras[1]!, unetWeight: -2, textEncoderWeight: 0 },
    ]);
    const base = tinyValues("linear.weight", [12, 8]);
    const [first, second] = [change("a:"), change("b:")];
    const expected = first.map((value, i) => base[i]! + 0.5 * value - 2 * second[i]!);
    expect(relative(await patched(weights, stack, "linear.weight"), expected)).toBeLessThan(1e-6);
  });

  test("count by a weight for each network, and 0 is none", async () => {
    const { loras } = await openTwo();
    const text = await stackLoras([{ lora: loras[0]!, unetWeight: 0, textEncoderWeight: 1 }]);
    expect([text.unet.size, text.textEncoder.size]).toEqual([0, 1]);
    const unet = await stackLoras([{ lora: loras[0]!, unetWeight: -1, textEncoderWeight: 0 }]);
    expect([unet.unet.size, unet.textEncoder.size]).toEqual([1, 0]);
  });

  test("what is switched off is not read", async () => {
    const { loras } = await openTwo();
    await rm(loras[0]!.file);
    const off = await stackLoras([{ lora: loras[0]!, unetWeight: 0, textEncoderWeight: 0 }]);
    expect(off.unet.size).toBe(0);
    const on = stackLoras([{ lora: loras[0]!, unetWeight: 1, textEncoderWeight: 1 }]);
    await expect(on).rejects.toMatchObject({ code: "weights_missing" });
  });
});

describe("a whole UNet", () => {
  const { unet } = golden;

  async function run(weights: Weights, patches?: LoraPatches): Promise<Float32Array> {
    const graph = new Graph();
    const { sample, encoder_hidden_states: context } = unet.inputs;
    const inputs = {
      sample: graph.input("sample", "float32", sample),
      timestep: graph.input("timestep", "float32", [sample[0]!]),
      encoderHiddenStates: graph.input("encoder_hidden_states", "float32", context),
    };
    const scope = new Scope(graph, { weights, ...(patches && { patches: patches.unet }) }, FORMS.cpu);
    graph.output("output", unet2dCondition(scope, readUNetConfig(unet.config), inputs), "float32", sample);
    const session = await openSession(graph.build(), { kind: "cpu" });
    const { output } = await session.run({
      sample: { shape: sample, data: tinyValues("sample", sample) },
      timestep: { shape: [sample[0]!], data: new Float32Array(sample[0]!).fill(unet.timestep) },
      encoder_hidden_states: { shape: context, data: tinyValues("encoder_hidden_states", context) },
    });
    return output!.data;
  }

  async function openBase(): Promise<Weights> {
    const file = path.join(folder, "unet.safetensors");
    await writeTinyCheckpoint(file, unet.weights);
    return (await openSafetensors(file)).tensors;
  }

  async function openUses(weights: Weights): Promise<LoraUse[]> {
    const uses: LoraUse[] = [];
    for (const [i, shapes] of unet.loras.entries()) {
      const file = path.join(folder, `unet-lora-${i}.safetensors`);
      await writeTinyLora(file, shapes);
      const lora = await parseLora(await openSafetensors(file), { unet: weights });
      expect(lora.unmatched).toEqual([]);
      expect(lora.patches.unet.size).toBe(Object.keys(shapes.alphas).length);
      uses.push({ lora, unetWeight: unet.loraWeights[i]!, textEncoderWeight: 0 });
    }
    return uses;
  }

  test("with two of kohya's LoRAs, of attention and of convolutions, at 0.8 and −0.3", async () => {
    const weights = await openBase();
    const got = await run(weights, await stackLoras(await openUses(weights)));
    expect(relative(got, unet.output)).toBeLessThan(1e-4);
  });

  test("the base stays as it was", async () => {
    const weights = await openBase();
    const before = readFileSync(path.join(folder, "unet.safetensors"));
    await run(weights, await stackLoras(await openUses(weights)));
    expect(readFileSync(path.join(folder, "unet.safetensors")).equals(before)).toBe(true);
    const got = await run(weights);
    expect(relative(got.slice(0, unet.without.length), unet.without)).toBeLessThan(1e-4);
  });
});
