import type { Value } from "../onnx/graph";
import type { Scope } from "./scope";

/**
 * torch.nn.Embedding: rows of `weight` [count, features] by ids, int64 [...] → float32 [..., features]. Rows are taken
 * as they are stored and then cast, so that a table in half precision is not copied.
 */
export function embedding(s: Scope, ids: Value, count: number, features: number): Value {
  const rows = s.graph.op("Gather", [s.parameter("weight", [count, features], "stored"), ids]);
  return s.graph.op("Cast", [rows], { attributes: { to: 1 } });
}

/** The embeddings of the first positions, as many as `ids` [B, T] has: [T, features]. */
export function positionEmbedding(s: Scope, ids: Value, count: number, features: number): Value {
  const { graph } = s;
  const length = graph.op("Shape", [ids], { attributes: { start: 1, end: 2 } });
  const first = graph.constant("int64", [1], [0]);
  return graph.op("Slice", [s.parameter("weight", [count, features]), first, length, first]);
}
