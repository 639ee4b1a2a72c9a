import { applyWeights, type EmphasisMode } from "../prompt/apply-weights";
import { chunkPrompt } from "../prompt/chunk-prompt";
import { parseEmphasis } from "../prompt/parse-emphasis";
import type { Tokenizer } from "../prompt/tokenizer";
import type { Embeddings, EncodedText, TextEncoder } from "./text-encoder";

/** A text encoder with the words it knows. */
export interface PromptReader {
  readonly tokenizer: Tokenizer;
  readonly encoder: TextEncoder;
  readonly embeddings: Embeddings;
}

/** A text as its encoder understands it, with emphasis on each token's embedding; `pooled` knows no emphasis. */
export async function readText(
  { tokenizer, encoder, embeddings }: PromptReader,
  text: string,
  { skip, emphasis }: { readonly skip: number; readonly emphasis?: EmphasisMode | undefined },
): Promise<EncodedText> {
  const vectors = new Map([...embeddings].map(([name, { shape }]) => [name, { vectors: shape[0]! }]));
  const { chunks } = chunkPrompt(parseEmphasis(text), tokenizer, { embeddings: vectors });
  const { hidden, pooled } = await encoder.encode(chunks, skip);
  return { hidden: applyWeights(hidden, chunks, emphasis), pooled };
}
