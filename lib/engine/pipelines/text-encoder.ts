import type { ModelPart } from "../layouts/checkpoint";
import { readClipTextConfig } from "../models/clip-config";
import { clipText } from "../models/clip-text";
import { formsOf } from "../nn/forms";
import { Scope } from "../nn/scope";
import { Graph } from "../onnx/graph";
import type { PromptChunk } from "../prompt/chunk-prompt";
import { type Device, type Ids, openSession, type Session } from "../runtime/session";
import { type Tensor, tensor } from "../tensor";
import type { Patches } from "./graphs";

/** A textual inversion: [vectors, D], standing for a word of its own. */
export type Embeddings = ReadonlyMap<string, Tensor>;

export interface TextEncoder {
  /** What it makes of chunks, one after the other: [1, 77 · chunks, D]. @param clipSkip layers left out at the end. */
  encode(chunks: readonly PromptChunk[], clipSkip: number): Promise<Tensor>;
  release(): Promise<void>;
}

/**
 * CLIP's text transformer. It always runs on the CPU: it is quick there, and its token embedding is larger than what a
 * GPU's adapter binds by default.
 */
export function openTextEncoder(
  part: ModelPart,
  device: Device,
  { embeddings = new Map(), patches }: { readonly embeddings?: Embeddings; readonly patches?: Patches } = {},
): TextEncoder {
  const config = readClipTextConfig(part.config);
  const onCpu: Device =
    device.kind === "cpu" ? device : { kind: "cpu", ...(device.threads && { threads: device.threads }) };
  // Few people change what they skip from picture to picture: one session is kept.
  let open: { clipSkip: number; session: Promise<Session> } | undefined;
  const sessionFor = async (clipSkip: number): Promise<Session> => {
    if (open?.clipSkip !== clipSkip) {
      await (await open?.session)?.release();
      open = { clipSkip, session: openSession(textGraph(clipSkip), onCpu) };
    }
    return open.session;
  };
  const textGraph = (clipSkip: number) => {
    const graph = new Graph();
    const inputs = {
      ids: graph.input("ids", "int64", ["batch", "tokens"]),
      override: {
        values: graph.input("override", "float32", ["batch", "tokens", config.hiddenSize]),
        mask: graph.input("override_mask", "float32", ["batch", "tokens", 1]),
      },
    };
    const scope = new Scope(
      graph,
      { weights: part.weights, ...(patches && { patches }) },
      formsOf(onCpu.forms ?? "cpu"),
    );
    const { hidden } = clipText(scope, config, inputs, { clipSkip });
    graph.output("hidden", hidden, "float32", ["batch", "tokens", config.hiddenSize]);
    return graph.build();
  };
  return {
    async encode(chunks, clipSkip) {
      const session = await sessionFor(clipSkip);
      const width = config.hiddenSize;
      const positions = chunks[0]!.ids.length;
      const data = new Float32Array(chunks.length * positions * width);
      for (const [i, chunk] of chunks.entries()) {
        const { hidden } = await session.run(feedsOf(chunk, embeddings, width));
        data.set(hidden!.data, i * positions * width);
      }
      return tensor([1, chunks.length * positions, width], data);
    },
    async release() {
      await (await open?.session)?.release();
      open = undefined;
    },
  };
}

function feedsOf(
  { ids, replacements }: PromptChunk,
  embeddings: Embeddings,
  width: number,
): Record<string, Tensor | Ids> {
  const override = new Float32Array(ids.length * width);
  const mask = new Float32Array(ids.length);
  for (const { position, embedding, vector } of replacements) {
    const { data } = embeddings.get(embedding)!;
    override.set(data.subarray(vector * width, (vector + 1) * width), position * width);
    mask[position] = 1;
  }
  return {
    ids: { shape: [1, ids.length], data: BigInt64Array.from(ids, BigInt) },
    override: tensor([1, ids.length, width], override),
    override_mask: tensor([1, ids.length, 1], mask),
  };
}
