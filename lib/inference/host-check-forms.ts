import { EngineError } from "../engine/engine-error";
import { FORMS, type Forms } from "../engine/nn/forms";
import { torchCpuNoise } from "../engine/noise/torch-cpu";
import { Graph, type Value } from "../engine/onnx/graph";
import { type Device, openSession } from "../engine/runtime/session";
import { int8Error } from "./host-check-int8";

export interface CheckedForms {
  readonly forms: Forms;
  /** What is written plainly now, and how far the device's own form was off: "attention 0.02". */
  readonly off: readonly string[];
}

type Member = Exclude<keyof Forms, "name" | "channelStep" | "int8">;

/** One way to call a form: its inputs' shapes, the first of which is its output's too, and the call. */
interface Trial {
  readonly shapes: readonly (readonly number[])[];
  readonly emit: (forms: Forms, graph: Graph, inputs: readonly Value[]) => Value;
}

const HEADS = { heads: 8, headDim: 40 };
const WIDTH = HEADS.heads * HEADS.headDim;
const QUERIES = 128;
const TOKENS = 77;
const MAP = [2, WIDTH, 16, 16];

/** At a UNet's sizes; attention to itself, to a prompt, and with a bias as a text encoder has it. */
const TRIALS: Readonly<Record<Member, readonly Trial[]>> = {
  attention: [
    attention(QUERIES, QUERIES),
    attention(QUERIES, TOKENS),
    attention(TOKENS, TOKENS, [1, 1, TOKENS, TOKENS]),
  ],
  groupNorm: [
    {
      shapes: [MAP, [WIDTH], [WIDTH]],
      emit: (forms, graph, [x, weight, bias]) =>
        forms.groupNorm(graph, x!, { weight: weight!, bias: bias!, channels: WIDTH, groups: 32, eps: 1e-5 }),
    },
  ],
  linear: [
    {
      shapes: [
        [2, QUERIES, WIDTH],
        [WIDTH, WIDTH],
      ],
      emit: (forms, graph, [x, weight]) => forms.linear(graph, x!, weight!),
    },
  ],
  silu: [{ shapes: [MAP], emit: (forms, graph, [x]) => forms.silu(graph, x!) }],
  quickGelu: [{ shapes: [MAP], emit: (forms, graph, [x]) => forms.quickGelu(graph, x!) }],
};

function attention(queries: number, keys: number, bias?: readonly number[]): Trial {
  return {
    shapes: [[2, queries, WIDTH], [2, keys, WIDTH], [2, keys, WIDTH], ...(bias ? [bias] : [])],
    emit: (forms, graph, [q, k, v, added]) =>
      forms.attention(graph, { ...HEADS, q: q!, k: k!, v: v!, ...(added && { bias: added }) }),
  };
}

/**
 * Holds a device's forms against the plain ones, on the device, and takes the plain one where they differ by more than
 * 1e-4 (CPU) or 1e-3 (GPU) of the result's largest number.
 * @param forms for tests; the device's own by default.
 * @throws EngineError device_unavailable · device_lost
 */
export async function checkForms(device: Device, forms: Forms = FORMS[device.kind]): Promise<CheckedForms> {
  const bound = device.kind === "cpu" ? 1e-4 : 1e-3;
  const off: string[] = [];
  let right = forms;
  for (const [member, trials] of Object.entries(TRIALS) as [Member, readonly Trial[]][]) {
    if (forms[member] === FORMS.plain[member]) continue;
    for (const trial of trials) {
      const error = await orInfinite(errorOf(trial, forms, device));
      // Not a number is beyond any bound.
      if (error <= bound) continue;
      right = { ...right, [member]: FORMS.plain[member] };
      off.push(`${member} ${error.toPrecision(2)}`);
      break;
    }
  }
  if (forms.int8) {
    const error = await orInfinite(int8Error(forms.int8, device));
    if (error > bound) {
      right = { ...right, int8: null };
      off.push(`int8 ${error.toPrecision(2)}`);
    }
  }
  return { forms: right, off };
}

/** Relative to the plain form's largest number. */
async function errorOf({ shapes, emit }: Trial, forms: Forms, device: Device): Promise<number> {
  const graph = new Graph();
  const inputs = shapes.map((shape, i) => graph.input(`x${i}`, "float32", shape));
  graph.output("own", emit(forms, graph, inputs), "float32", shapes[0]!);
  graph.output("plain", emit(FORMS.plain, graph, inputs), "float32", shapes[0]!);
  const noise = torchCpuNoise(0);
  const feeds = Object.fromEntries(shapes.map((shape, i) => [`x${i}`, noise.randn(shape)]));
  const session = await openSession(graph.build(), device);
  const { own, plain } = await session.run(feeds);
  await session.release();
  const differences = own!.data.map((value, i) => Math.abs(value - plain!.data[i]!));
  return largest(differences) / largest(plain!.data.map(Math.abs));
}

/** Where a form cannot be run at all. @throws EngineError device_unavailable · device_lost */
async function orInfinite(error: Promise<number>): Promise<number> {
  try {
    return await error;
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code.startsWith("device_")) throw thrown;
    return Number.POSITIVE_INFINITY;
  }
}

/** NaN where there is one. */
const largest = (numbers: Float32Array): number =>
  numbers.reduce((most, number) => (number <= most ? most : number), 0);
