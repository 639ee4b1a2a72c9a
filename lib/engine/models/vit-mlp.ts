import { activation } from "../nn/activations";
import { linear } from "../nn/linear";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";
import type { VitSize } from "./vit-attention";

/** A vision transformer's two linear layers, on [B, T, hiddenSize]. */
export function vitMlp(s: Scope, x: Value, { hiddenSize, intermediateSize, act }: VitSize): Value {
  const hidden = activation(s, act, linear(s.at("fc1"), x, hiddenSize, intermediateSize));
  return linear(s.at("fc2"), hidden, intermediateSize, hiddenSize);
}
