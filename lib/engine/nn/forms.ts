import type { Graph, Value } from "../onnx/graph";
import { type Int8Forms, int8Conv2d, int8Linear } from "./int8";

export interface Heads {
  /** [B, S, heads·headDim] */
  readonly q: Value;
  /** [B, T, heads·headDim] */
  readonly k: Value;
  readonly v: Value;
  readonly heads: number;
  readonly headDim: number;
  /** Added to the scores, broadcast to [B, heads, S, T]. */
  readonly bias?: Value;
}

export interface GroupNormParts {
  readonly weight: Value;
  readonly bias: Value;
  readonly channels: number;
  readonly groups: number;
  readonly eps: number;
}

/** What is computed alike but written differently for each kind of device. */
export interface Forms {
  readonly name: FormsName;
  /** What the channels of a convolution's input are filled up to a multiple of, with nothing. */
  readonly channelStep?: number;
  /** Products of 8 bits, for those who ask for that precision; null where there are none. */
  readonly int8: Int8Forms | null;
  /** → [B, S, heads·headDim] */
  attention(graph: Graph, heads: Heads): Value;
  groupNorm(graph: Graph, x: Value, parts: GroupNormParts): Value;
  /** [..., inFeatures] × weight [outFeatures, inFeatures] transposed, without bias. */
  linear(graph: Graph, x: Value, weight: Value): Value;
  silu(graph: Graph, x: Value): Value;
  quickGelu(graph: Graph, x: Value): Value;
}

export type FormsName = "plain" | "cpu" | "webgpu" | "cuda";

const ORT = "com.microsoft";

/** Standard ONNX alone: what every provider runs, and what the others are held against. */
const plain: Forms = {
  name: "plain",
  int8: null,
  attention: explicitAttention,
  groupNorm: instanceGroupNorm,
  linear: (graph, x, weight) =>
    graph.op("MatMul", [x, graph.op("Transpose", [weight], { attributes: { perm: [1, 0] } })]),
  silu: (graph, x) => graph.op("Mul", [x, graph.op("Sigmoid", [x])]),
  quickGelu: (graph, x) => {
    const scaled = graph.op("Mul", [x, graph.constant("float32", [], [1.702])]);
    return graph.op("Mul", [x, graph.op("Sigmoid", [scaled])]);
  },
};

const swish =
  (alpha: number) =>
  (graph: Graph, x: Value): Value =>
    graph.op("QuickGelu", [x], { domain: ORT, attributes: { alpha: { float: alpha } } });

/** Fused attention, a third faster than explicit and without its S×T scores in memory; SiLU as QuickGelu with α = 1. */
const cpu: Forms = {
  ...plain,
  name: "cpu",
  int8: { linear: int8Linear, conv2d: int8Conv2d },
  attention: fusedAttention,
  // Reads the weight as it lies: turning it first would cost a copy of each when the session opens.
  linear: (graph, x, weight) =>
    graph.op("FusedMatMul", [x, weight], { domain: ORT, attributes: { transB: 1 } }),
  silu: swish(1),
  quickGelu: swish(1.702),
};

/**
 * Its MultiHeadAttention was off by 0.02–0.05 (SwiftShader), so attention stays explicit. A convolution of the 9 channels
 * of an inpainting model was off by more than its own size, while 3, 4 and multiples of 4 were right.
 */
const webgpu: Forms = { ...plain, name: "webgpu", channelStep: 4 };

const cuda: Forms = { ...plain, name: "cuda", attention: fusedAttention, quickGelu: swish(1.702) };

export const FORMS: Readonly<Record<FormsName, Forms>> = {
  plain,
  cpu,
  webgpu,
  cuda,
};

function fusedAttention(graph: Graph, { q, k, v, heads, bias }: Heads): Value {
  return graph.op("MultiHeadAttention", bias ? [q, k, v, null, null, bias] : [q, k, v], {
    domain: ORT,
    attributes: { num_heads: heads },
  });
}

function explicitAttention(graph: Graph, { q, k, v, heads, headDim, bias }: Heads): Value {
  const apart = graph.constant("int64", [4], [0, 0, heads, headDim]);
  const split = (x: Value, perm: readonly number[]) =>
    graph.op("Transpose", [graph.op("Reshape", [x, apart])], { attributes: { perm } });
  // [B, heads, S, D] × [B, heads, D, T]
  const scale = graph.constant("float32", [], [1 / Math.sqrt(headDim)]);
  const query = graph.op("Mul", [split(q, [0, 2, 1, 3]), scale]);
  const product = graph.op("MatMul", [query, split(k, [0, 2, 3, 1])]);
  const scores = bias ? graph.op("Add", [product, bias]) : product;
  const weights = graph.op("Softmax", [scores], { attributes: { axis: -1 } });
  const mixed = graph.op("MatMul", [weights, split(v, [0, 2, 1, 3])]);
  const together = graph.op("Transpose", [mixed], { attributes: { perm: [0, 2, 1, 3] } });
  return graph.op("Reshape", [together, graph.constant("int64", [3], [0, 0, heads * headDim])]);
}

/** [B, C, H, W] → [B, groups, C/groups·H·W], normalized, and back: faster on CPU than GroupNormalization. */
function instanceGroupNorm(graph: Graph, x: Value, parts: GroupNormParts): Value {
  const { weight, bias, channels, groups, eps } = parts;
  const grouped = graph.op("Reshape", [x, graph.constant("int64", [3], [0, groups, -1])]);
  const ones = graph.constant("float32", [groups], new Array<number>(groups).fill(1));
  const zeros = graph.constant("float32", [groups], new Array<number>(groups).fill(0));
  const normal = graph.op("InstanceNormalization", [grouped, ones, zeros], {
    attributes: { epsilon: { float: eps } },
  });
  const back = graph.op("Reshape", [normal, graph.op("Shape", [x])]);
  const perChannel = graph.constant("int64", [3], [channels, 1, 1]);
  const scaled = graph.op("Mul", [back, graph.op("Reshape", [weight, perChannel])]);
  return graph.op("Add", [scaled, graph.op("Reshape", [bias, perChannel])]);
}
