import { Graph } from "../engine/onnx/graph";
import { openSession } from "../engine/runtime/session";
import type { Probed } from "./choose-devices";

/** Opens and runs the smallest of models on a kind of device. */
export async function probe(kind: "cuda" | "webgpu"): Promise<Probed> {
  const graph = new Graph();
  const x = graph.input("x", "float32", ["n"]);
  graph.output("y", graph.op("Add", [x, x]), "float32", ["n"]);
  try {
    const session = await openSession(graph.build(), { kind });
    const { y } = await session.run({ x: { shape: [1], data: Float32Array.of(21) } });
    return y?.data[0] === 42
      ? { works: true, why: kind === "cuda" ? "its libraries load" : "there is an adapter" }
      : { works: false, why: "it adds wrongly" };
  } catch (error) {
    return { works: false, why: reasonIn((error as Error).message) };
  }
}

/** onnxruntime's messages begin with places in its sources. */
function reasonIn(message: string): string {
  if (/load shared library|load library/i.test(message)) return "its libraries are not installed";
  if (/adapter/i.test(message)) return "there is no adapter";
  return message.split("\n")[0]!.slice(0, 200);
}
