import type { ModelPart } from "@/lib/engine/layouts/checkpoint";
import { FORMS } from "@/lib/engine/nn/forms";
import { Scope } from "@/lib/engine/nn/scope";
import { Graph } from "@/lib/engine/onnx/graph";

/** Weights of a part that its network does not ask for. @throws EngineError where it asks for others, or other shapes. */
export function leftOver({ weights }: ModelPart, emit: (scope: Scope) => void): string[] {
  const asked = new Set<string>();
  const watched = Object.assign(new Map(weights), {
    get(key: string) {
      asked.add(key);
      return weights.get(key);
    },
  });
  emit(new Scope(new Graph(), { weights: watched }, FORMS.plain));
  return [...weights.keys()].filter((key) => !asked.has(key));
}
