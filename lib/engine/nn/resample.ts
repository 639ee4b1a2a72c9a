import type { Graph, Value } from "../onnx/graph";

const NEAREST = {
  mode: "nearest",
  coordinate_transformation_mode: "asymmetric",
  nearest_mode: "floor",
} as const;

/** Nearest neighbour by a whole factor: [B, C, H, W] → [B, C, factor·H, factor·W]. */
export function upsampleNearest(graph: Graph, x: Value, factor: number): Value {
  const scales = graph.constant("float32", [4], [1, 1, factor, factor]);
  return graph.op("Resize", [x, null, scales], { attributes: NEAREST });
}

/** Nearest neighbour to the height and width of another picture, as torch's interpolate(size=…) takes them. */
export function resizeNearestLike(graph: Graph, x: Value, like: Value): Value {
  const own = graph.op("Shape", [x], { attributes: { start: 0, end: 2 } });
  const size = graph.op("Shape", [like], { attributes: { start: 2, end: 4 } });
  const sizes = graph.op("Concat", [own, size], { attributes: { axis: 0 } });
  return graph.op("Resize", [x, null, null, sizes], { attributes: NEAREST });
}
