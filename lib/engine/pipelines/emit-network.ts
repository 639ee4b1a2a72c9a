import { FORMS } from "../nn/forms";
import { type Parameters, Scope } from "../nn/scope";
import { Graph, type GraphModel } from "../onnx/graph";
import { PreparedWeights } from "../onnx/prepared-weights";
import type { Device } from "../runtime/session";

/** A network as a model for a device: `emit` names its inputs and outputs in the scope's graph. */
export function emitNetwork(
  parameters: Parameters,
  { kind, forms = FORMS[kind], precision }: Device,
  emit: (scope: Scope) => void,
): GraphModel {
  const graph = new Graph();
  const prepared = precision === "int8" && forms.int8 ? new PreparedWeights() : undefined;
  emit(new Scope(graph, { ...parameters, ...(prepared && { prepared }) }, forms));
  return { ...graph.build(), ...(prepared && { preparation: prepared.build() }) };
}
