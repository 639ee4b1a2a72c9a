import type { Graph, Value } from "../onnx/graph";

/** Vectors on the last axis made of length 1. */
export function l2Normalize(graph: Graph, x: Value): Value {
  return graph.op("LpNormalization", [x], { attributes: { axis: -1, p: 2 } });
}
