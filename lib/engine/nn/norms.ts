import type { Value } from "../onnx/graph";
import type { Scope } from "./scope";

/** torch.nn.GroupNorm on [B, channels, H, W]. */
export function groupNorm(s: Scope, x: Value, channels: number, groups: number, eps: number): Value {
  const weight = s.parameter("weight", [channels]);
  const bias = s.parameter("bias", [channels]);
  return s.forms.groupNorm(s.graph, x, { weight, bias, channels, groups, eps });
}

/** torch.nn.LayerNorm on the last axis. */
export function layerNorm(s: Scope, x: Value, features: number, eps = 1e-5): Value {
  const weight = s.parameter("weight", [features]);
  const bias = s.parameter("bias", [features]);
  return s.graph.op("LayerNormalization", [x, weight, bias], {
    attributes: { axis: -1, epsilon: { float: eps } },
  });
}
