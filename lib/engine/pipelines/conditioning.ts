import { EngineError } from "../engine-error";
import { applyWeights, type EmphasisMode } from "../prompt/apply-weights";
import { chunkPrompt, type PromptChunk } from "../prompt/chunk-prompt";
import { parseEmphasis } from "../prompt/parse-emphasis";
import { parseSchedule, promptAt } from "../prompt/parse-schedule";
import type { Tokenizer } from "../prompt/tokenizer";
import type { Tensor } from "../tensor";
import type { Embeddings, TextEncoder } from "./text-encoder";

export interface PromptRequest {
  /** Without networks; see `parseNetworks`. */
  readonly text: string;
  /** Steps in all, over which the prompt may change. */
  readonly steps: number;
  /** Layers of the text encoder left out at the end, 0 by default. */
  readonly clipSkip?: number;
  readonly emphasis?: EmphasisMode;
}

export interface PromptReader {
  readonly tokenizer: Tokenizer;
  readonly encoder: TextEncoder;
  readonly embeddings: Embeddings;
}

/** Longer prompts are a mistake or an attack. */
const MOST_CHARACTERS = 20_000;

/**
 * What a prompt says in each step, as the UNet is told: emphasis, editing by steps, any length, textual inversions.
 * @returns the embeddings [1, 77 · chunks, D] for a step from 0; each text is encoded once.
 * @throws EngineError prompt_invalid
 */
export async function readPrompt(
  { tokenizer, encoder, embeddings }: PromptReader,
  { text, steps, clipSkip = 0, emphasis }: PromptRequest,
): Promise<(index: number) => Tensor> {
  if (text.length > MOST_CHARACTERS)
    throw new EngineError("prompt_invalid", `a prompt of ${text.length} characters`, {
      ...{ expected: `at most ${MOST_CHARACTERS}`, got: text.length },
    });
  const vectors = new Map([...embeddings].map(([name, { shape }]) => [name, { vectors: shape[0]! }]));
  const encoded = new Map<string, Tensor>();
  const spans = parseSchedule(text, { steps });
  for (const span of spans) {
    if (encoded.has(span.text)) continue;
    const { chunks } = chunkPrompt(parseEmphasis(span.text), tokenizer, { embeddings: vectors });
    encoded.set(span.text, await encodeChunks(encoder, chunks, clipSkip, emphasis));
  }
  return (index) => encoded.get(promptAt(spans, index + 1))!;
}

async function encodeChunks(
  encoder: TextEncoder,
  chunks: readonly PromptChunk[],
  clipSkip: number,
  emphasis: EmphasisMode | undefined,
): Promise<Tensor> {
  return applyWeights(await encoder.encode(chunks, clipSkip), chunks, emphasis);
}
