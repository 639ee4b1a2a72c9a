/** A run of text and how much it counts; 1 is plain. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
}

/** A prompt in order; `"break"` starts a new chunk of tokens. */
export type PromptPart = WeightedText | "break";

const ROUND = 1.1;
const SQUARE = 1 / 1.1;

/** An escape, a weight with its closing bracket, a bracket, or a run of anything else. */
const PIECE = /\\[()[\]\\]?|:\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*\)|[()[\]:]|[^\\()[\]:]+/gu;

/** The word BREAK; letters of any script touching it make it another word. */
const BREAK = /(?<![\p{L}\p{N}_])BREAK(?![\p{L}\p{N}_])/u;

/** Emphasis while it is being read: weights still change when a bracket closes. */
interface Draft {
  readonly parts: ({ text: string; weight: number } | "break")[];
  /** Where the open brackets began, as indices into `parts`. */
  readonly round: number[];
  readonly square: number[];
}

function multiplyFrom({ parts }: Draft, start: number | undefined, factor: number): void {
  for (const part of parts.slice(start)) if (part !== "break") part.weight *= factor;
}

function addText({ parts }: Draft, text: string): void {
  const runs = text.split(BREAK);
  runs.forEach((run, i) => {
    if (i > 0) parts.push("break");
    // The space around BREAK belongs to it.
    const start = i > 0 ? run.trimStart() : run;
    parts.push({ text: i < runs.length - 1 ? start.trimEnd() : start, weight: 1 });
  });
}

function read(draft: Draft, piece: string, weight: string | undefined): void {
  const { parts, round, square } = draft;
  if (piece.startsWith("\\")) parts.push({ text: piece.slice(1), weight: 1 });
  else if (piece === "(") round.push(parts.length);
  else if (piece === "[") square.push(parts.length);
  else if (weight !== undefined && round.length > 0) multiplyFrom(draft, round.pop(), Number(weight));
  else if (piece === ")" && round.length > 0) multiplyFrom(draft, round.pop(), ROUND);
  else if (piece === "]" && square.length > 0) multiplyFrom(draft, square.pop(), SQUARE);
  else addText(draft, piece);
}

/** Neighbours of one weight become one text, so that words are not cut where brackets were. */
function merge(parts: Draft["parts"]): PromptPart[] {
  const merged: Draft["parts"] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part !== "break" && part.text === "") continue;
    if (part !== "break" && last !== undefined && last !== "break" && last.weight === part.weight)
      last.text += part.text;
    else merged.push(part);
  }
  return merged.length === 0 ? [{ text: "", weight: 1 }] : merged;
}

/**
 * A1111's emphasis: `(a)` ×1.1, `(a:1.3)` ×1.3, `[a]` ÷1.1, nested ones multiply, `\(` is a bracket,
 * `BREAK` starts a new chunk. A bracket that never closes counts to the end; one that closes nothing is text.
 * Unlike A1111, BREAK inside brackets breaks too (there it becomes a word of negative weight).
 * @source https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Features#attentionemphasis
 */
export function parseEmphasis(prompt: string): PromptPart[] {
  const draft: Draft = { parts: [], round: [], square: [] };
  for (const match of prompt.matchAll(PIECE)) read(draft, match[0], match[1]);
  for (const start of draft.round) multiplyFrom(draft, start, ROUND);
  for (const start of draft.square) multiplyFrom(draft, start, SQUARE);
  return merge(draft.parts);
}
