import type { ModelPart } from "../layouts/checkpoint";
import { type ClipTextConfig, readClipTextConfig } from "../models/clip-config";
import { clipText } from "../models/clip-text";
import type { GraphModel } from "../onnx/graph";
import type { PromptChunk } from "../prompt/chunk-prompt";
import { type Device, type Ids, openSession, type Session } from "../runtime/session";
import { type Tensor, tensor } from "../tensor";
import { emitNetwork } from "./emit-network";
import type { Patches } from "./graphs";

/** A textual inversion: [vectors, D], standing for a word of its own. */
export type Embeddings = ReadonlyMap<string, Tensor>;

/** What a text encoder makes of a text. */
export interface EncodedText {
  /** [1, 77 · chunks, D] */
  readonly hidden: Tensor;
  /** One vector for the whole text [1, P], told by its first chunk; null where the encoder does not pool. */
  readonly pooled: Tensor | null;
}

export interface TextEncoder {
  /** What it makes of chunks, one after the other. @param skip layers left out at the end of `hidden`. */
  encode(chunks: readonly PromptChunk[], skip: number): Promise<EncodedText>;
  release(): Promise<void>;
}

/** Whether the states that are read go through the last norm, as in Stable Diffusion 1 and 2, or not, as in SDXL. */
export type TextStates = "normal" | "raw";

export interface TextEncoderOptions {
  readonly embeddings?: Embeddings;
  readonly patches?: Patches;
  /** "normal" by default. */
  readonly states?: TextStates;
  /** Whether there is to be a vector for the whole text, through the encoder's projection. */
  readonly pools?: boolean;
}

/**
 * CLIP's text transformer. It always runs on the CPU: it is quick there, and its token embedding is larger than what a
 * GPU's adapter binds by default.
 */
export function openTextEncoder(
  part: ModelPart,
  device: Device,
  { embeddings = new Map(), ...options }: TextEncoderOptions = {},
): TextEncoder {
  const config = readClipTextConfig(part.config);
  const { kind, threads, forms } = device;
  // All that is drawn hangs on what a prompt means: it is not rounded.
  const onCpu: Device = {
    kind: "cpu",
    ...(threads && { threads }),
    ...(kind === "cpu" && forms && { forms }),
  };
  // Few people change what they skip from picture to picture: one session is kept.
  let open: { skip: number; session: Promise<Session> } | undefined;
  const sessionFor = async (skip: number): Promise<Session> => {
    if (open?.skip !== skip) {
      await (await open?.session)?.release();
      open = { skip, session: openSession(textGraph(part, config, onCpu, { ...options, skip }), onCpu) };
    }
    return open.session;
  };
  return {
    async encode(chunks, skip) {
      const session = await sessionFor(skip);
      const width = config.hiddenSize;
      const positions = chunks[0]!.ids.length;
      const data = new Float32Array(chunks.length * positions * width);
      let first: Tensor | undefined;
      for (const [i, chunk] of chunks.entries()) {
        const { hidden, pooled } = await session.run(feedsOf(chunk, embeddings, width));
        data.set(hidden!.data, i * positions * width);
        first ??= pooled;
      }
      return { hidden: tensor([1, chunks.length * positions, width], data), pooled: first ?? null };
    },
    async release() {
      await (await open?.session)?.release();
      open = undefined;
    },
  };
}

/** Inputs `ids`, `override` and `override_mask`, outputs `hidden` and, where it pools, `pooled`. */
function textGraph(
  { weights }: ModelPart,
  config: ClipTextConfig,
  device: Device,
  { patches, states, pools, skip }: TextEncoderOptions & { readonly skip: number },
): GraphModel {
  const { hiddenSize, projectionDim } = config;
  return emitNetwork({ weights, ...(patches && { patches }) }, device, (scope) => {
    const { graph } = scope;
    const inputs = {
      ids: graph.input("ids", "int64", ["batch", "tokens"]),
      override: {
        values: graph.input("override", "float32", ["batch", "tokens", hiddenSize]),
        mask: graph.input("override_mask", "float32", ["batch", "tokens", 1]),
      },
    };
    const { hidden, pooled } = clipText(scope, config, inputs, {
      clipSkip: skip,
      finalLayerNorm: states !== "raw",
      ...(pools && { pooled: "text_embeds" }),
    });
    graph.output("hidden", hidden, "float32", ["batch", "tokens", hiddenSize]);
    if (pooled) graph.output("pooled", pooled, "float32", ["batch", projectionDim]);
  });
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
