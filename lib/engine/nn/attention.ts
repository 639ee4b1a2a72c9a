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
 * Attention of `x` [B, S, queryDim], fresh from a norm, to `context` [B, T, contextDim] (itself where there is none):
 * [B, S, queryDim].
 * @source diffusers models/attention_processor.py Attention
 */
export function attention(s: Scope, x: Value, context: Value | null, size: AttentionSize): Value {
  const inner = size.heads * size.headDim;
  const source = context ?? x;
  const of = (name: string) => (context ? s.at(name) : s.inInt8(name));
  const q = linear(s.inInt8("to_q"), x, size.queryDim, inner);
  const k = linear(of("to_k"), source, size.contextDim, inner);
  const v = linear(of("to_v"), source, size.contextDim, inner);
  const attended = s.forms.attention(s.graph, { q, k, v, heads: size.heads, headDim: size.headDim });
  return linear(s.inInt8("to_out.0"), attended, inner, size.queryDim);
}
