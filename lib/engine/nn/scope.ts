import { EngineError } from "../engine-error";
import { elementOf } from "../onnx/element-type";
import type { Graph, Value } from "../onnx/graph";
import { requireWeight } from "../safetensors/require-weight";
import type { Weights } from "../safetensors/stored-tensor";
import type { Forms } from "./forms";

/** Changes a weight on its way into the graph; how LoRA is applied. `weight` is float32 of `shape`. */
export type Patch = (graph: Graph, weight: Value, shape: readonly number[]) => Value;

/** Where a model's numbers come from. */
export interface Parameters {
  readonly weights: Weights;
  /** By weight key. */
  readonly patches?: ReadonlyMap<string, readonly Patch[]>;
}

/**
 * A place in a model: what `self` is in the reference implementation. A module's path is the prefix of its
 * checkpoint keys.
 */
export class Scope {
  constructor(
    readonly graph: Graph,
    private readonly parameters: Parameters,
    readonly forms: Forms,
    readonly path = "",
  ) {}

  /** The submodule of that name; dots lead deeper. */
  at(name: string | number): Scope {
    return new Scope(this.graph, this.parameters, this.forms, this.key(`${name}`));
  }

  /** Whether the checkpoint has this parameter, for what is optional in a model. */
  has(name: string): boolean {
    return this.parameters.weights.has(this.key(name));
  }

  /**
   * A parameter as float32.
   * @param as  "stored" keeps the type of the file where no patch asks for float32: for tables of which few rows are
   *            cast once they are taken.
   * @throws EngineError weights_key_missing · weights_shape_mismatch naming layer, expected and got ·
   *         weights_dtype_unsupported
   */
  parameter(name: string, shape: readonly number[], as: "float32" | "stored" = "float32"): Value {
    const key = this.key(name);
    const stored = requireWeight(this.parameters.weights, key);
    if (stored.shape.length !== shape.length || stored.shape.some((size, i) => size !== shape[i]))
      throw new EngineError("weights_shape_mismatch", `${key} is [${stored.shape}], not [${shape}]`, {
        ...{ layer: key, file: stored.file, expected: `[${shape}]`, got: `[${stored.shape}]` },
      });
    const element = elementOf(stored.dtype);
    if (!element || element === "bool")
      throw new EngineError("weights_dtype_unsupported", `${key} is ${stored.dtype}`, {
        ...{ layer: key, file: stored.file, dtype: stored.dtype },
      });
    const { graph } = this;
    const patches = this.parameters.patches?.get(key) ?? [];
    let value = graph.stored(stored, element, stored.transposed ? shape.toReversed() : shape);
    // onnxruntime folds what depends on weights alone when it opens the session.
    if (element !== "float32" && (as === "float32" || patches.length > 0))
      value = graph.op("Cast", [value], { attributes: { to: 1 } });
    if (stored.transposed) value = graph.op("Transpose", [value], { attributes: { perm: [1, 0] } });
    for (const patch of patches) value = patch(graph, value, shape);
    return value;
  }

  private key(name: string): string {
    return this.path ? `${this.path}.${name}` : name;
  }
}
