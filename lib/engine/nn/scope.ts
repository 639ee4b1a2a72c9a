import { EngineError } from "../engine-error";
import { elementOf } from "../onnx/element-type";
import type { Graph, Value } from "../onnx/graph";
import type { PreparedWeights } from "../onnx/prepared-weights";
import { requireWeight } from "../safetensors/require-weight";
import type { Weights } from "../safetensors/stored-tensor";
import { sizeOf } from "../tensor";
import type { Forms } from "./forms";
import { type Int8Forms, type Int8Weight, kernelsAsRows, quantizeRows } from "./int8";

/** Changes a weight on its way into the graph; how LoRA is applied. `weight` is float32 of `shape`. */
export type Patch = (graph: Graph, weight: Value, shape: readonly number[]) => Value;

/** Where a model's numbers come from. */
export interface Parameters {
  readonly weights: Weights;
  /** By weight key. */
  readonly patches?: ReadonlyMap<string, readonly Patch[]>;
  /** Where weights are worked out before the graph opens; in the graph itself, which folds them, by default. */
  readonly prepared?: PreparedWeights;
}

/** Features or channels on either side; what is smaller costs little and hurts most. */
const SMALLEST_INT8 = 32;

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
    private readonly allowsInt8 = false,
  ) {}

  /** The submodule of that name; dots lead deeper. */
  at(name: string | number): Scope {
    return new Scope(this.graph, this.parameters, this.forms, this.key(`${name}`));
  }

  /**
   * The submodule of that name, where 8 bits do if that is the precision asked for: what comes in is fresh from a norm,
   * and so of one scale. Rounding sums of many layers and products of two costs most.
   */
  inInt8(name: string): Scope {
    return new Scope(this.graph, this.parameters, this.forms, this.key(name), true);
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
    const { graph, prepared } = this;
    const { value, element } = this.read(prepared?.begin() ?? graph, name, shape, as);
    return prepared ? graph.stored(prepared.place(value, element, shape), element, shape) : value;
  }

  /**
   * A Linear's or a convolution's weight in 8 bits; null where it is to be float32, or too small to gain by it.
   * @throws those of `parameter`.
   */
  int8(name: string, shape: readonly number[]): { weight: Int8Weight; forms: Int8Forms } | null {
    const { graph, prepared, forms } = this;
    const [outFeatures = 0, ...rest] = shape;
    const inFeatures = sizeOf(rest);
    if (!prepared || !forms.int8 || !this.allowsInt8 || Math.min(outFeatures, rest[0] ?? 0) < SMALLEST_INT8)
      return null;
    const ahead = prepared.begin();
    const { value } = this.read(ahead, name, shape);
    const rows = kernelsAsRows(ahead, value, shape);
    const weight = quantizeRows(graph, prepared, ahead, rows, [outFeatures, inFeatures]);
    return { weight, forms: forms.int8 };
  }

  private get prepared(): PreparedWeights | undefined {
    return this.parameters.prepared;
  }

  /** A parameter in a graph of choice. */
  private read(graph: Graph, name: string, shape: readonly number[], as: "float32" | "stored" = "float32") {
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
    const patches = this.parameters.patches?.get(key) ?? [];
    const asStored = as === "stored" && patches.length === 0;
    let value = graph.stored(stored, element, stored.transposed ? shape.toReversed() : shape);
    // onnxruntime folds what depends on weights alone when it opens the session.
    if (element !== "float32" && !asStored) value = graph.op("Cast", [value], { attributes: { to: 1 } });
    if (stored.transposed) value = graph.op("Transpose", [value], { attributes: { perm: [1, 0] } });
    for (const patch of patches) value = patch(graph, value, shape);
    return { value, element: asStored ? element : ("float32" as const) };
  }

  private key(name: string): string {
    return this.path ? `${this.path}.${name}` : name;
  }
}
