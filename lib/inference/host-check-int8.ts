import { type Int8Forms, quantizeRows } from "../engine/nn/int8";
import { Graph } from "../engine/onnx/graph";
import { PreparedWeights } from "../engine/onnx/prepared-weights";
import { type Device, openSession } from "../engine/runtime/session";
import { sizeOf, tensor } from "../engine/tensor";

const FEATURES = 64;
const SIDE = 8;

/**
 * How far products of 8 bits are off on this device, in parts of the result: nothing where it counts right. Processors
 * without instructions for them may overflow 16 bits on the way; numbers as large as 8 bits hold show it.
 */
export async function int8Error({ linear, conv2d }: Int8Forms, device: Device): Promise<number> {
  const graph = new Graph();
  const prepared = new PreparedWeights();
  const ahead = prepared.begin();
  const signs = Float32Array.from({ length: FEATURES ** 2 }, (_, i) =>
    Math.floor(i / FEATURES) % 2 ? -1 : 1,
  );
  const rows = ahead.data("signs", "float32", [FEATURES, FEATURES], new Uint8Array(signs.buffer));
  const weight = quantizeRows(graph, prepared, ahead, rows, [FEATURES, FEATURES]);
  const line = graph.input("line", "float32", [SIDE, FEATURES]);
  const map = graph.input("map", "float32", [1, FEATURES, SIDE, SIDE]);
  const pointwise = { weight, bias: null, kernel: 1, stride: 1, pads: [0, 0, 0, 0] };
  graph.output("linear", linear(graph, line, weight, null), "float32", [SIDE, FEATURES]);
  graph.output("conv", conv2d(graph, map, pointwise), "float32", [1, FEATURES, SIDE, SIDE]);
  const session = await openSession({ ...graph.build(), preparation: prepared.build() }, device);
  const ones = (...shape: number[]) => tensor(shape, new Float32Array(sizeOf(shape)).fill(1));
  const answers = await session.run({
    line: ones(SIDE, FEATURES),
    map: ones(1, FEATURES, SIDE, SIDE),
  });
  await session.release();
  const errors = [...answers.linear!.data, ...answers.conv!.data].map((value) =>
    Math.abs(Math.abs(value) / FEATURES - 1),
  );
  // Not a number is beyond any bound.
  return errors.every((error) => error <= 1) ? Math.max(...errors) : Number.POSITIVE_INFINITY;
}
