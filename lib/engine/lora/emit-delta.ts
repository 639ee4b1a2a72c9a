import type { Patch } from "../nn/scope";
import { elementOf } from "../onnx/element-type";
import type { Graph, Value } from "../onnx/graph";
import { toFloat32 } from "../safetensors/read-tensor";
import type { StoredTensor } from "../safetensors/stored-tensor";
import { sizeOf } from "../tensor";
import { isProduct, type LoraDelta, type Magnitude, type Product } from "./lora-delta";

/** A LoRA's tensors in memory, as they are stored: a graph reads files of one folder only, and that is the model's. */
export type LoraBytes = ReadonlyMap<StoredTensor, Uint8Array>;

/**
 * A change as a patch of the weight that it is for: W + weight · scale · ΔW, or in DoRA the weight-th part of the way
 * from W to m · (W + scale · ΔW) / ‖W + scale · ΔW‖.
 * @param weight  what a person gives the LoRA: 1 as it was trained, negative for the opposite.
 * @source https://github.com/AUTOMATIC1111/stable-diffusion-webui/blob/master/extensions-builtin/Lora/network.py
 */
export function patchOf(delta: LoraDelta, bytes: LoraBytes, weight: number): Patch {
  return (graph, base, shape) => {
    const { magnitude } = delta;
    if (!magnitude) return changed(graph, base, delta, weight, shape, bytes);
    const whole = rescaled(graph, changed(graph, base, delta, 1, shape, bytes), magnitude, shape, bytes);
    if (weight === 1) return whole;
    const way = graph.op("Sub", [whole, base]);
    return graph.op("Add", [base, scaled(graph, way, weight)]);
  };
}

/** W + weight · scale · ΔW */
function changed(
  graph: Graph,
  base: Value,
  delta: LoraDelta,
  weight: number,
  shape: readonly number[],
  bytes: LoraBytes,
): Value {
  if (delta.kind !== "lora" || delta.product.core || shape.length !== 2)
    return graph.op("Add", [base, emitDelta(graph, delta, weight, shape, bytes)]);
  // onnxruntime copies the result of every node that it folds several times: one node is worth it.
  const { left, right } = delta.product;
  const factors = [matrix(graph, left, bytes), matrix(graph, right, bytes)];
  return graph.op("Gemm", [...factors, base], { attributes: { alpha: { float: weight * delta.scale } } });
}

/**
 * weight · scale · ΔW as float32 of `shape`. All of it depends on constants alone: onnxruntime computes it once, when it
 * opens the session.
 * @source https://github.com/KohakuBlueleaf/LyCORIS/tree/main/lycoris/functional
 */
function emitDelta(
  graph: Graph,
  delta: LoraDelta,
  weight: number,
  shape: readonly number[],
  bytes: LoraBytes,
): Value {
  const by = weight * delta.scale;
  const of = (factor: Product | StoredTensor, by: number) =>
    isProduct(factor) ? product(graph, factor, by, bytes) : scaled(graph, matrix(graph, factor, bytes), by);
  const flat = () => {
    switch (delta.kind) {
      case "lora":
        return of(delta.product, by);
      case "diff":
        return of(delta.diff, by);
      case "loha":
        return graph.op("Mul", [of(delta.first, by), of(delta.second, 1)]);
      case "lokr":
        // [a, c] ⊗ [b, d] → [a, b, c, d], whose pairs of axes are the rows and columns of the Kronecker product.
        return einsum(graph, "ac,bd->abcd", [of(delta.first, by), of(delta.second, 1)]);
    }
  };
  return reshape(graph, flat(), shape);
}

/** [rows, columns · k · k], times a number that is cheapest to apply to the left factor. */
function product(graph: Graph, { left, right, core }: Product, by: number, bytes: LoraBytes): Value {
  const a = scaled(graph, matrix(graph, left, bytes), by);
  const b = matrix(graph, right, bytes);
  if (!core) return graph.op("MatMul", [a, b]);
  const [r = 1, s = 1, ...kernel] = core.shape;
  const places = reshape(graph, placed(graph, core, bytes), [r, s, sizeOf(kernel)]);
  const full = einsum(graph, "or,rsk,si->oik", [a, places, b]);
  return reshape(graph, full, [left.shape[0]!, -1]);
}

/** A stored tensor as float32 [its first axis, everything else]. */
function matrix(graph: Graph, stored: StoredTensor, bytes: LoraBytes): Value {
  const value = placed(graph, stored, bytes);
  const { shape } = stored;
  return shape.length === 2 ? value : reshape(graph, value, [shape[0] ?? 1, sizeOf(shape.slice(1))]);
}

/** A stored tensor as float32 of its shape. */
function placed(graph: Graph, stored: StoredTensor, bytes: LoraBytes): Value {
  const { file, offset, dtype, transposed, shape } = stored;
  const name = `lora:${file}:${offset}`;
  const inFile = transposed ? shape.toReversed() : shape;
  const raw = bytes.get(stored)!;
  const element = elementOf(dtype);
  let value: Value;
  if (element === "float32") value = graph.data(name, element, inFile, raw);
  else if (element && element !== "bool")
    value = graph.op("Cast", [graph.data(name, element, inFile, raw)], { attributes: { to: 1 } });
  else value = graph.data(name, "float32", inFile, new Uint8Array(toFloat32(raw, dtype).buffer));
  return transposed ? graph.op("Transpose", [value], { attributes: { perm: [1, 0] } }) : value;
}

/** DoRA: every row (or column) of a weight to the length that the LoRA has learnt for it. */
function rescaled(
  graph: Graph,
  weight: Value,
  { lengths, axis }: Magnitude,
  shape: readonly number[],
  bytes: LoraBytes,
): Value {
  const kept = axis === "out" ? 0 : 1;
  const others = shape.map((_, i) => i).filter((i) => i !== kept);
  const axes = graph.constant("int64", [others.length], others);
  const norm = graph.op("ReduceL2", [weight, axes], { attributes: { keepdims: 1 } });
  // float32's epsilon, as the reference: rows of nothing but zeros stay so.
  const safe = graph.op("Add", [norm, graph.constant("float32", [], [2 ** -23])]);
  const wanted = reshape(
    graph,
    placed(graph, lengths, bytes),
    shape.map((size, i) => (i === kept ? size : 1)),
  );
  return graph.op("Mul", [weight, graph.op("Div", [wanted, safe])]);
}

const reshape = (graph: Graph, value: Value, shape: readonly number[]): Value =>
  graph.op("Reshape", [value, graph.constant("int64", [shape.length], shape)]);

const scaled = (graph: Graph, value: Value, factor: number): Value =>
  factor === 1 ? value : graph.op("Mul", [value, graph.constant("float32", [], [factor])]);

const einsum = (graph: Graph, equation: string, inputs: readonly Value[]): Value =>
  graph.op("Einsum", inputs, { attributes: { equation } });
