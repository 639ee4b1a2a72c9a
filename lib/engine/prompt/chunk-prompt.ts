import { EngineError } from "../engine-error";
import type { PromptPart } from "./parse-emphasis";
import type { Tokenizer } from "./tokenizer";

/** What the text encoder reads at once: start, 75 tokens, end and padding. */
export interface PromptChunk {
  /** Token ids, 77 of them; 0 where a vector is put in. */
  readonly ids: readonly number[];
  /** Weight of each position, 1 for start, end and padding. */
  readonly weights: readonly number[];
  /** Positions whose token embedding is a textual inversion's vector instead. */
  readonly replacements: readonly Replacement[];
}

export interface Replacement {
  /** From 1 (0 is the start token). */
  readonly position: number;
  /** Name of the embedding. */
  readonly embedding: string;
  /** Which of its vectors, from 0. */
  readonly vector: number;
}

export interface ChunkOptions {
  /** Textual inversions by the name that stands for them in the text. */
  readonly embeddings?: ReadonlyMap<string, { readonly vectors: number }>;
  /** Tokens after a comma that move on with what no longer fits, rather than being cut off it; 0: none. */
  readonly commaBacktrack?: number;
  /** Positions of the text encoder, start and end among them. */
  readonly positions?: number;
}

export interface ChunkedPrompt {
  readonly chunks: readonly PromptChunk[];
  /** Positions the prompt takes: full chunks wholly, the last as far as it goes. */
  readonly tokenCount: number;
}

interface Slot {
  readonly id: number;
  readonly weight: number;
  readonly embedding?: string;
  readonly vector?: number;
  readonly comma?: boolean;
}

/** Slots that stay together: a token, or all the vectors of an embedding. */
type Run = readonly Slot[];

interface Filler {
  readonly room: number;
  readonly backtrack: number;
  readonly full: Slot[][];
  open: Slot[];
}

function close(filler: Filler, next: Slot[] = []): void {
  filler.full.push(filler.open);
  filler.open = next;
}

/** When a chunk is full: what follows its last comma goes along into the next, if the comma is near. */
function closeAtComma(filler: Filler): void {
  const after = filler.open.findLastIndex((slot) => slot.comma) + 1;
  const near = after > 0 && filler.open.length - (after - 1) <= filler.backtrack;
  close(filler, near ? filler.open.splice(after) : []);
}

function place(filler: Filler, run: Run): void {
  const { room, backtrack } = filler;
  if (filler.open.length === room) {
    if (backtrack > 0 && !run[0]?.comma) closeAtComma(filler);
    else close(filler);
  }
  if (filler.open.length + run.length > room) close(filler);
  filler.open.push(...run);
}

/** Tokens of one text as runs; where an embedding's name stands, its vectors (the longest name wins). */
function* runsOf(
  text: string,
  weight: number,
  tokenizer: Tokenizer,
  names: readonly NamedVectors[],
): Generator<Run> {
  const ids = tokenizer.encode(text);
  const comma = tokenizer.encode("a,").at(-1);
  for (let at = 0; at < ids.length; ) {
    const named = names.find(({ ids: name }) => name.every((id, i) => ids[at + i] === id));
    if (named === undefined) {
      yield [{ id: ids[at]!, weight, comma: ids[at] === comma }];
      at += 1;
    } else {
      yield Array.from({ length: named.vectors }, (_, vector) => ({
        id: 0,
        weight,
        embedding: named.name,
        vector,
      }));
      at += named.ids.length;
    }
  }
}

interface NamedVectors {
  readonly name: string;
  readonly ids: readonly number[];
  readonly vectors: number;
}

function namesOf(tokenizer: Tokenizer, embeddings: ChunkOptions["embeddings"], room: number): NamedVectors[] {
  const names = [...(embeddings ?? [])].map(([name, { vectors }]) => {
    if (vectors < 1 || vectors > room)
      throw new EngineError("prompt_invalid", `The embedding ${name} has ${vectors} vectors`, {
        expected: `1 to ${room}`,
        got: vectors,
      });
    return { name, ids: tokenizer.encode(name), vectors };
  });
  return names.filter(({ ids }) => ids.length > 0).sort((a, b) => b.ids.length - a.ids.length);
}

function toChunk(slots: readonly Slot[], tokenizer: Tokenizer, positions: number): PromptChunk {
  const padding = positions - slots.length - 2;
  return {
    ids: [tokenizer.bos, ...slots.map(({ id }) => id), tokenizer.eos, ...Array(padding).fill(tokenizer.pad)],
    weights: [1, ...slots.map(({ weight }) => weight), 1, ...Array(padding).fill(1)],
    replacements: slots.flatMap(({ embedding, vector }, i) =>
      embedding === undefined || vector === undefined ? [] : [{ position: i + 1, embedding, vector }],
    ),
  };
}

/**
 * A prompt of any length as chunks, the way A1111 cuts it: 75 tokens each; what follows a comma within the last
 * 20 tokens of a full chunk moves on to the next; `"break"` starts a new one. An empty prompt is one empty chunk.
 * @throws EngineError prompt_invalid for an embedding with more vectors than a chunk has room for.
 * @source https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Features#infinite-prompt-length
 */
export function chunkPrompt(
  parts: readonly PromptPart[],
  tokenizer: Tokenizer,
  { embeddings, commaBacktrack = 20, positions = 77 }: ChunkOptions = {},
): ChunkedPrompt {
  const room = positions - 2;
  const names = namesOf(tokenizer, embeddings, room);
  const filler: Filler = { room, backtrack: commaBacktrack, full: [], open: [] };
  for (const part of parts) {
    if (part === "break") close(filler);
    else for (const run of runsOf(part.text, part.weight, tokenizer, names)) place(filler, run);
  }
  const tokenCount = filler.full.length * room + filler.open.length;
  if (filler.open.length > 0 || filler.full.length === 0) close(filler);
  return { chunks: filler.full.map((slots) => toChunk(slots, tokenizer, positions)), tokenCount };
}
