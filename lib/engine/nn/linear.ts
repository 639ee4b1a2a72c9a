import type { Value } from "../onnx/graph";
import type { Scope } from "./scope";

/** torch.nn.Linear on the last axis: [..., inFeatures] → [..., outFeatures]; the bias is taken where there is one. */
export function linear(s: Scope, x: Value, inFeatures: number, outFeatures: number): Value {
  const { graph } = s;
  const weight = s.parameter("weight", [outFeatures, inFeatures]);
  const product = s.forms.linear(graph, x, weight);
  return s.has("bias") ? graph.op("Add", [product, s.parameter("bias", [outFeatures])]) : product;
}
