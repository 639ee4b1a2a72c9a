import type { Value } from "../onnx/graph";
import type { Scope } from "./scope";

/** torch.nn.BatchNorm2d as it runs once trained, by its running statistics: [B, channels, H, W]. */
export function batchNorm2d(s: Scope, x: Value, channels: number, eps = 1e-5): Value {
  const parts = ["weight", "bias", "running_mean", "running_var"].map((name) =>
    s.parameter(name, [channels]),
  );
  return s.graph.op("BatchNormalization", [x, ...parts], { attributes: { epsilon: { float: eps } } });
}
