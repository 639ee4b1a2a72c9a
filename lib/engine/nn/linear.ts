import type { Value } from "../onnx/graph";
import type { Scope } from "./scope";

/** torch.nn.Linear on the last axis: [..., inFeatures] → [..., outFeatures]; the bias is taken where there is one. */
export function linear(s: Scope, x: Value, inFeatures: number, outFeatures: number): Value {
  const { graph } = s;
  const shape = [outFeatures, inFeatures];
  const bias = s.has("bias") ? s.parameter("bias", [outFeatures]) : null;
  const int8 = s.int8("weight", shape);
  if (int8) return int8.forms.linear(graph, x, int8.weight, bias);
  const product = s.forms.linear(graph, x, s.parameter("weight", shape));
  return bias ? graph.op("Add", [product, bias]) : product;
}
