import type { Graph, Value } from "../onnx/graph";

export interface InterpolateOptions {
  readonly mode: "bilinear" | "bicubic";
  /** Whether corner pixels, rather than the picture's edges, stay in their places. */
  readonly alignCorners?: boolean;
}

/**
 * torch.nn.functional.interpolate: [B, C, H, W] → [B, C, *size]; torch's bicubic has a = −0.75 and repeats the border.
 * @param size int64 [2]: height and width.
 */
export function interpolate(graph: Graph, x: Value, size: Value, options: InterpolateOptions): Value {
  const own = graph.op("Shape", [x], { attributes: { start: 0, end: 2 } });
  const sizes = graph.op("Concat", [own, size], { attributes: { axis: 0 } });
  return graph.op("Resize", [x, null, null, sizes], { attributes: attributesOf(options) });
}

/** As `interpolate`, by a whole factor. */
export function interpolateBy(graph: Graph, x: Value, factor: number, options: InterpolateOptions): Value {
  const scales = graph.constant("float32", [4], [1, 1, factor, factor]);
  return graph.op("Resize", [x, null, scales], { attributes: attributesOf(options) });
}

/** Height and width of [B, C, H, W]: int64 [2]. */
export const spatialSize = (graph: Graph, x: Value): Value =>
  graph.op("Shape", [x], { attributes: { start: 2, end: 4 } });

const attributesOf = ({ mode, alignCorners = false }: InterpolateOptions) => ({
  mode: mode === "bilinear" ? "linear" : "cubic",
  coordinate_transformation_mode: alignCorners ? "align_corners" : "half_pixel",
  ...(mode === "bicubic" && { cubic_coeff_a: { float: -0.75 } }),
});
