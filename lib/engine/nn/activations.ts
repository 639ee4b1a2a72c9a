import { EngineError } from "../engine-error";
import type { Value } from "../onnx/graph";
import type { Scope } from "./scope";

/** An activation by the name that it has in config.json. */
export function activation(s: Scope, name: string, x: Value): Value {
  const { graph, forms } = s;
  switch (name) {
    case "silu":
    case "swish":
      return forms.silu(graph, x);
    case "gelu":
      return graph.op("Gelu", [x]);
    case "gelu_new":
    case "gelu_pytorch_tanh":
      return graph.op("Gelu", [x], { attributes: { approximate: "tanh" } });
    case "quick_gelu":
      return forms.quickGelu(graph, x);
    case "relu":
      return graph.op("Relu", [x]);
    default:
      throw new EngineError("weights_unknown", `unknown activation ${name}`, { layer: s.path, got: name });
  }
}
