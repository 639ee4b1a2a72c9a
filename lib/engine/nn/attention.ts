import type { Value } from "../onnx/graph";
import { linear } from "./linear";
import type { Scope } from "./scope";

export interface AttentionSize {
  /** Features of `x`. */
  readonly queryDim: number;
  /** Features of `context`. */
  readonly contextDim: number;
  readonly heads: number;
  readonly headDim: number;
}

/**
 * Attention of `x` [B, S, queryDim] to `context` [B, T, contextDim] (itself where there is none): [B, S, queryDim].
 * @source diffusers models/attention_processor.py Attention
 */
export function attention(s: Scope, x: Value, context: Value | null, size: AttentionSize): Value {
  const inner = size.heads * size.headDim;
  const source = context ?? x;
  const q = linear(s.at("to_q"), x, size.queryDim, inner);
  const k = linear(s.at("to_k"), source, size.contextDim, inner);
  const v = linear(s.at("to_v"), source, size.contextDim, inner);
  const attended = s.forms.attention(s.graph, { q, k, v, heads: size.heads, headDim: size.headDim });
  return linear(s.at("to_out.0"), attended, inner, size.queryDim);
}
