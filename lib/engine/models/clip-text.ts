import { embedding, positionEmbedding } from "../nn/embedding";
import { linear } from "../nn/linear";
import { layerNorm } from "../nn/norms";
import type { Scope } from "../nn/scope";
import type { Graph, Value } from "../onnx/graph";
import type { ClipTextConfig } from "./clip-config";
import { clipEncoder } from "./clip-encoder";

export interface ClipTextInputs {
  /** int64 [B, T], T ≤ maxPositions. */
  readonly ids: Value;
  /** Vectors of textual inversion [B, T, D], which stand where `mask` [B, T, 1] is 1 in place of the ids' own. */
  readonly override?: { readonly values: Value; readonly mask: Value };
}

export interface ClipTextOptions {
  /** Layers left out at the end for `hidden`, 0 by default: diffusers' clip_skip, one less than A1111's. */
  readonly clipSkip?: number;
  /** Whether `hidden` goes through final_layer_norm: yes by default and in SD; SDXL takes it without. */
  readonly finalLayerNorm?: boolean;
  /** One vector for the whole text besides: as the text model pools it, or through `text_projection` as well. */
  readonly pooled?: "pooler_output" | "text_embeds";
}

/**
 * CLIP's text transformer, of OpenAI or OpenCLIP.
 * @returns `hidden` [B, T, hiddenSize]; `pooled` [B, hiddenSize] or [B, projectionDim], null where it is not asked for.
 * @source transformers models/clip/modeling_clip.py CLIPTextModel, CLIPTextModelWithProjection · arXiv:2103.00020
 */
export function clipText(
  s: Scope,
  config: ClipTextConfig,
  inputs: ClipTextInputs,
  { clipSkip = 0, finalLayerNorm = true, pooled }: ClipTextOptions = {},
): { hidden: Value; pooled: Value | null } {
  const { hiddenSize, layers, eps } = config;
  const text = s.at("text_model");
  const embedded = textEmbeddings(text.at("embeddings"), config, inputs);
  const mask = causalMask(s.graph, inputs.ids);
  const read = (h: Value, from: number, to: number) =>
    clipEncoder(text.at("encoder"), h, config, { from, to, mask });
  const normal = (h: Value) => layerNorm(text.at("final_layer_norm"), h, hiddenSize, eps);

  const skipped = read(embedded, 0, layers - clipSkip);
  const hidden = finalLayerNorm ? normal(skipped) : skipped;
  if (!pooled) return { hidden, pooled: null };
  const last = normal(read(skipped, layers - clipSkip, layers));
  const atEnd = endOfText(s.graph, last, inputs.ids, config.eosTokenId);
  return {
    hidden,
    pooled:
      pooled === "text_embeds"
        ? linear(s.at("text_projection"), atEnd, hiddenSize, config.projectionDim)
        : atEnd,
  };
}

function textEmbeddings(s: Scope, config: ClipTextConfig, { ids, override }: ClipTextInputs): Value {
  const { graph } = s;
  const { vocabSize, maxPositions, hiddenSize } = config;
  let tokens = embedding(s.at("token_embedding"), ids, vocabSize, hiddenSize);
  if (override) {
    const isOverridden = graph.op("Greater", [override.mask, graph.constant("float32", [], [0.5])]);
    tokens = graph.op("Where", [isOverridden, override.values, tokens]);
  }
  const positions = positionEmbedding(s.at("position_embedding"), ids, maxPositions, hiddenSize);
  return graph.op("Add", [tokens, positions]);
}

/** So far below every score that softmax makes it nothing, and still a number in half precision. */
const HIDDEN_SCORE = -10_000;

/** 0 where a token [T] may see another, HIDDEN_SCORE where that one comes after it: [1, 1, T, T]. */
function causalMask(graph: Graph, ids: Value): Value {
  const shape = graph.op("Shape", [ids]);
  const number = (value: number) => graph.constant("int64", [], [value]);
  const length = graph.op("Gather", [shape, number(1)]);
  const positions = graph.op("Range", [number(0), length, number(1)]);
  const along = (axes: readonly number[]) =>
    graph.op("Unsqueeze", [positions, graph.constant("int64", [3], axes)]);
  const isLater = graph.op("Greater", [along([0, 1, 2]), along([0, 1, 3])]);
  const score = (value: number) => graph.constant("float32", [], [value]);
  return graph.op("Where", [isLater, score(HIDDEN_SCORE), score(0)]);
}

/** Configurations written before transformers 4.31 say so, though no vocabulary ends there. */
const LEGACY_EOS = 2;

/** The state of the first end-of-text token: [B, T, D] → [B, D]. */
function endOfText(graph: Graph, hidden: Value, ids: Value, eosTokenId: number): Value {
  // In legacy files it is the greatest id of the text.
  const marks =
    eosTokenId === LEGACY_EOS ? ids : graph.op("Equal", [ids, graph.constant("int64", [], [eosTokenId])]);
  const numbers = graph.op("Cast", [marks], { attributes: { to: 6 } });
  const position = graph.op("ArgMax", [numbers], { attributes: { axis: 1, keepdims: 1 } });
  return graph.op("GatherND", [hidden, position], { attributes: { batch_dims: 1 } });
}
