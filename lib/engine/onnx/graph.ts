import type { StoredTensor } from "../safetensors/stored-tensor";
import { sizeOf } from "../tensor";
import { ELEMENT, type ElementType } from "./element-type";
import type { Preparation } from "./prepared-weights";
import { Message } from "./protobuf";

/** A tensor in a graph, by its name. Its shape is known to onnxruntime alone. */
export interface Value {
  readonly name: string;
}

export type Attribute = number | string | readonly number[] | { readonly float: number };

/** A size in an input's shape: a number, or a name for what is free until a run. */
export type Dim = number | string;

export interface NodeOptions {
  /** Integers, strings and lists of integers as they are; floats as `{ float }`. */
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** "com.microsoft" for onnxruntime's own operators. */
  readonly domain?: string;
}

/** A serialized model. Weights are not in it: initializers name places in files. */
export interface GraphModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Folder that the external initializers are in; null where there are none. */
  readonly folder: string | null;
  /** How many numbers lie there. */
  readonly storedNumbers: number;
  /** What is to be written into that folder before it opens; the folder is then one that does not exist yet. */
  readonly preparation?: Preparation;
}

/** ONNX 1.17: opset 20 has Gelu, 21 is the newest that all of onnxruntime's providers know well. */
const OPSET = 20;
const IR_VERSION = 9;

/**
 * Collects nodes in the order in which they are emitted, which is a topological one, and writes them as ONNX.
 * @source https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export class Graph {
  private readonly nodes: Message[] = [];
  private readonly initializers: Message[] = [];
  private readonly inputs: { name: string; info: Message }[] = [];
  private readonly outputs: { name: string; info: Message }[] = [];
  private readonly known = new Map<string, Value>();
  private readonly domains = new Set<string>();
  private folder: string | null = null;
  private storedNumbers = 0;
  private count = 0;

  input(name: string, type: ElementType, shape: readonly Dim[]): Value {
    this.inputs.push({ name, info: valueInfo(name, type, shape) });
    return { name };
  }

  /** Makes a value an output under a name of its own. */
  output(name: string, value: Value, type: ElementType, shape: readonly Dim[]): void {
    this.emit("Identity", [value], [name], {});
    this.outputs.push({ name, info: valueInfo(name, type, shape) });
  }

  /** A node with one output. `null` leaves an optional input out. */
  op(type: string, inputs: readonly (Value | null)[], options: NodeOptions = {}): Value {
    return this.ops(type, inputs, 1, options)[0]!;
  }

  /** A node with several outputs. */
  ops(type: string, inputs: readonly (Value | null)[], outputs: number, options: NodeOptions = {}): Value[] {
    const base = `${type}_${this.count++}`;
    const names = Array.from({ length: outputs }, (_, i) => (i === 0 ? base : `${base}.${i}`));
    this.emit(type, inputs, names, options);
    return names.map((name) => ({ name }));
  }

  /** Small numbers in the model itself; equal ones are kept once. */
  constant(type: "float32" | "int64", shape: readonly number[], numbers: readonly number[]): Value {
    const name = `const:${type}[${shape}]${numbers.join(",")}`;
    return this.once(name, () => {
      const raw = type === "float32" ? Float32Array.from(numbers) : BigInt64Array.from(numbers, BigInt);
      return tensorHead(name, type, shape).bytes(9, new Uint8Array(raw.buffer));
    });
  }

  /** Numbers handed over in memory, under a name that says what they are. */
  data(name: string, type: ElementType, shape: readonly number[], bytes: Uint8Array): Value {
    return this.once(name, () => tensorHead(name, type, shape).bytes(9, bytes));
  }

  /**
   * A stored tensor, read by onnxruntime from its place in its file.
   * @throws Error where two stored tensors of one graph lie in different folders (onnxruntime knows one).
   */
  stored(tensor: StoredTensor, type: ElementType, shape: readonly number[]): Value {
    const cut = tensor.file.lastIndexOf("/") + 1;
    const folder = tensor.file.slice(0, cut);
    if (this.folder !== null && this.folder !== folder)
      throw new Error(`weights of one graph must lie in one folder: ${this.folder} and ${folder}`);
    this.folder = folder;
    const location = tensor.file.slice(cut);
    const name = `${location}:${tensor.offset}[${shape}]`;
    return this.once(name, () => {
      const head = tensorHead(name, type, shape);
      this.storedNumbers += sizeOf(shape);
      const places = { location, offset: tensor.offset, length: tensor.byteLength };
      for (const [key, value] of Object.entries(places))
        head.message(13, new Message().string(1, key).string(2, String(value)));
      return head.int(14, 1);
    });
  }

  build(): GraphModel {
    const graph = new Message();
    for (const node of this.nodes) graph.message(1, node);
    graph.string(2, "mosaiq");
    for (const initializer of this.initializers) graph.message(5, initializer);
    for (const { info } of this.inputs) graph.message(11, info);
    for (const { info } of this.outputs) graph.message(12, info);
    const model = new Message().int(1, IR_VERSION).string(2, "mosaiq").message(7, graph);
    model.message(8, new Message().string(1, "").int(2, OPSET));
    for (const domain of this.domains) model.message(8, new Message().string(1, domain).int(2, 1));
    return {
      bytes: model.finish(),
      inputs: this.inputs.map(({ name }) => name),
      outputs: this.outputs.map(({ name }) => name),
      folder: this.folder,
      storedNumbers: this.storedNumbers,
    };
  }

  private once(name: string, make: () => Message): Value {
    const known = this.known.get(name);
    if (known) return known;
    this.initializers.push(make());
    const value = { name };
    this.known.set(name, value);
    return value;
  }

  private emit(
    type: string,
    inputs: readonly (Value | null)[],
    outputs: readonly string[],
    { attributes = {}, domain = "" }: NodeOptions,
  ): void {
    const node = new Message();
    for (const input of inputs) node.string(1, input?.name ?? "");
    for (const output of outputs) node.string(2, output);
    node.string(3, outputs[0]!).string(4, type);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    node.string(7, domain);
    if (domain) this.domains.add(domain);
    this.nodes.push(node);
  }
}

function attribute(name: string, value: Attribute): Message {
  const message = new Message().string(1, name);
  if (typeof value === "number") return message.int(3, value).int(20, 2);
  if (typeof value === "string") return message.string(4, value).int(20, 3);
  if ("float" in value) return message.float(2, value.float).int(20, 1);
  for (const item of value) message.int(8, item);
  return message.int(20, 7);
}

function tensorHead(name: string, type: ElementType, shape: readonly number[]): Message {
  const message = new Message();
  for (const size of shape) message.int(1, size);
  return message.int(2, ELEMENT[type]).string(8, name);
}

function valueInfo(name: string, type: ElementType, shape: readonly Dim[]): Message {
  const dims = new Message();
  for (const dim of shape)
    dims.message(1, typeof dim === "number" ? new Message().int(1, dim) : new Message().string(2, dim));
  const tensorType = new Message().int(1, ELEMENT[type]).message(2, dims);
  return new Message().string(1, name).message(2, new Message().message(1, tensorType));
}
