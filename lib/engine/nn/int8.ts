import type { Graph, Value } from "../onnx/graph";
import type { PreparedWeights } from "../onnx/prepared-weights";

/** A matrix of weights in 8 bits, one scale a column. */
export interface Int8Weight {
  /** [inFeatures, outFeatures] int8, symmetric. */
  readonly values: Value;
  /** [outFeatures] */
  readonly scales: Value;
}

export interface Int8Conv {
  readonly weight: Int8Weight;
  readonly bias: Value | null;
  readonly kernel: number;
  readonly stride: number;
  readonly pads: readonly number[];
}

export interface Int8Forms {
  /** [..., inFeatures] → [..., outFeatures] */
  linear(graph: Graph, x: Value, weight: Int8Weight, bias: Value | null): Value;
  /** [B, C, H, W] → [B, C', H', W'] */
  conv2d(graph: Graph, x: Value, conv: Int8Conv): Value;
}

const ORT = "com.microsoft";

/**
 * Rounds each row of a weight to 127 steps of its largest number, where weights are prepared.
 * @param rows [outFeatures, inFeatures] in `ahead`, the graph that `prepared` has begun.
 * @returns the matrix for `graph`, turned as onnxruntime multiplies by it.
 */
export function quantizeRows(
  graph: Graph,
  prepared: PreparedWeights,
  ahead: Graph,
  rows: Value,
  [outFeatures, inFeatures]: readonly [number, number],
): Int8Weight {
  const largest = ahead.op("ReduceMax", [ahead.op("Abs", [rows]), ahead.constant("int64", [1], [1])]);
  // A row of nothing would be divided by nothing.
  const above = ahead.op("Max", [largest, ahead.constant("float32", [], [1e-20])]);
  const scales = ahead.op("Div", [above, ahead.constant("float32", [], [127])]);
  const whole = ahead.op("Round", [ahead.op("Div", [rows, scales])]);
  const bytes = ahead.op("Cast", [whole], { attributes: { to: 3 } });
  const turned = ahead.op("Transpose", [bytes], { attributes: { perm: [1, 0] } });
  const matrix = [inFeatures, outFeatures];
  return {
    values: graph.stored(prepared.place(turned, "int8", matrix), "int8", matrix),
    scales: graph.stored(prepared.place(scales, "float32", [outFeatures, 1]), "float32", [outFeatures]),
  };
}

/** A convolution's weight as rows in the order in which `int8Conv2d` lays pixels side by side: row, column, channel. */
export function kernelsAsRows(ahead: Graph, weight: Value, shape: readonly number[]): Value {
  if (shape.length === 2) return weight;
  const last = ahead.op("Transpose", [weight], { attributes: { perm: [0, 2, 3, 1] } });
  return ahead.op("Reshape", [last, ahead.constant("int64", [2], [shape[0]!, -1])]);
}

/** [..., inFeatures] → [..., outFeatures]; what comes in is rounded to 256 steps of its own range. */
export function int8Linear(
  graph: Graph,
  x: Value,
  { values, scales }: Int8Weight,
  bias: Value | null,
): Value {
  return graph.op("DynamicQuantizeMatMul", bias ? [x, values, scales, null, bias] : [x, values, scales], {
    domain: ORT,
  });
}

/**
 * A convolution as one product of 8-bit matrices, [B, C, H, W] → [B, C', H', W']: onnxruntime's own 8-bit convolution
 * is several times slower. Each pixel is given its neighbours' channels, first those beside it, then the rows above and
 * below.
 */
export function int8Conv2d(graph: Graph, x: Value, { weight, bias, kernel, stride, pads }: Int8Conv): Value {
  const [bytes, scale, zero] = graph.ops("DynamicQuantizeLinear", [x], 3) as [Value, Value, Value];
  let h = graph.op("Transpose", [bytes], { attributes: { perm: [0, 2, 3, 1] } });
  if (pads.some((pad) => pad > 0)) {
    const [top, left, bottom, right] = pads as [number, number, number, number];
    h = graph.op("Pad", [h, graph.constant("int64", [8], [0, top, left, 0, 0, bottom, right, 0]), zero]);
  }
  for (const axis of [2, 1]) h = neighbours(graph, h, axis, kernel, stride);
  const product = graph.op(
    "MatMulIntegerToFloat",
    [h, weight.values, scale, weight.scales, zero, ...(bias ? [null, bias] : [])],
    { domain: ORT },
  );
  return graph.op("Transpose", [product], { attributes: { perm: [0, 3, 1, 2] } });
}

/** The channels of `kernel` pixels in a row along an axis of [B, H, W, C], for every `stride`-th pixel. */
function neighbours(graph: Graph, x: Value, axis: number, kernel: number, stride: number): Value {
  if (kernel === 1 && stride === 1) return x;
  const one = (value: number) => graph.constant("int64", [1], [value]);
  const shifted = Array.from({ length: kernel }, (_, i) => {
    const end = i === kernel - 1 ? Number.MAX_SAFE_INTEGER : i - kernel + 1;
    return graph.op("Slice", [x, one(i), one(end), one(axis), one(stride)]);
  });
  return kernel === 1 ? shifted[0]! : graph.op("Concat", shifted, { attributes: { axis: 3 } });
}
