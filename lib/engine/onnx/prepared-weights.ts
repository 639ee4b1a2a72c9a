import { DTYPE_BYTES, type StoredTensor } from "../safetensors/stored-tensor";
import { sizeOf } from "../tensor";
import { dtypeOf, type ElementType } from "./element-type";
import { Graph, type GraphModel, type Value } from "./graph";

/** What is to be done before a graph opens: models of weights alone, and where in one file their outputs belong. */
export interface Preparation {
  /** Name of the file in the graph's folder. */
  readonly file: string;
  readonly batches: readonly PreparationBatch[];
}

/** Each is worked out by itself, so that few of the weights are held at a time. */
export interface PreparationBatch {
  readonly model: GraphModel;
  readonly pieces: readonly Piece[];
}

export interface Piece {
  /** Of the batch's model. */
  readonly output: string;
  readonly offset: number;
  readonly byteLength: number;
}

/** Bytes of a batch's pieces: few enough to be held, enough to keep every core at work. */
const BATCH = 2 ** 25;
const FOLDER = "prepared/";
const FILE = "weights";
const ALIGNMENT = 64;

/**
 * Weights that are worked out before the graph that uses them opens. onnxruntime would fold them into it, but keeps what
 * they are made of while it does: four bytes a weight where one is wanted.
 */
export class PreparedWeights {
  private readonly batches: { graph: Graph; pieces: Piece[] }[] = [];
  private size = 0;
  private batchEnd = 0;

  /** Where the next weight is to be worked out; what was emitted into an earlier graph can be placed no more. */
  begin(): Graph {
    if (this.size >= this.batchEnd) {
      this.batches.push({ graph: new Graph(), pieces: [] });
      this.batchEnd = this.size + BATCH;
    }
    return this.batches.at(-1)!.graph;
  }

  /** The place in the file of a value of the graph that was begun last: another graph's `stored` takes it. */
  place(value: Value, type: ElementType, shape: readonly number[]): StoredTensor {
    const { graph, pieces } = this.batches.at(-1)!;
    const dtype = dtypeOf(type);
    const offset = this.size;
    const byteLength = sizeOf(shape) * DTYPE_BYTES[dtype];
    const output = `piece_${pieces.length}`;
    graph.output(output, value, type, shape);
    pieces.push({ output, offset, byteLength });
    this.size = Math.ceil((offset + byteLength) / ALIGNMENT) * ALIGNMENT;
    return { key: output, dtype, shape, file: `${FOLDER}${FILE}`, offset, byteLength };
  }

  build(): Preparation {
    const batches = this.batches.map(({ graph, pieces }) => ({ model: graph.build(), pieces }));
    return { file: FILE, batches };
  }
}
