import type { Value } from "../onnx/graph";
import { conv2d } from "./conv-2d";
import type { Scope } from "./scope";

/** A picture cut into squares, row by row, each made a vector: [B, channels, H, W] → [B, H/patch · W/patch, features]. */
export function patchEmbedding(
  s: Scope,
  picture: Value,
  channels: number,
  features: number,
  patch: number,
): Value {
  const { graph } = s;
  const h = conv2d(s, picture, channels, features, { kernel: patch, stride: patch, padding: 0 });
  // [B, D, H/p, W/p] → [B, D, N] → [B, N, D]
  const flat = graph.op("Reshape", [h, graph.constant("int64", [3], [0, 0, -1])]);
  return graph.op("Transpose", [flat], { attributes: { perm: [0, 2, 1] } });
}
