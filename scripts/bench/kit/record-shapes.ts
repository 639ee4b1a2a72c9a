import { FORMS } from "@/lib/engine/nn/forms";
import { Scope } from "@/lib/engine/nn/scope";
import { Graph, type Value } from "@/lib/engine/onnx/graph";

/** Names and shapes that a model asks for when it is emitted: a checkpoint to be made for it. */
export function recordShapes(
  emit: (s: Scope) => void,
  hasParameter: (key: string) => boolean,
): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  class Recorder extends Scope {
    override at(name: string | number): Scope {
      return new Recorder(
        this.graph,
        { weights: new Map() },
        this.forms,
        this.path ? `${this.path}.${name}` : `${name}`,
      );
    }
    override has(name: string): boolean {
      return hasParameter(`${this.path}.${name}`);
    }
    override parameter(name: string, shape: readonly number[]): Value {
      shapes.set(this.path ? `${this.path}.${name}` : name, shape);
      return this.graph.constant("float32", [], [0]);
    }
  }
  emit(new Recorder(new Graph(), { weights: new Map() }, FORMS.plain));
  return shapes;
}
