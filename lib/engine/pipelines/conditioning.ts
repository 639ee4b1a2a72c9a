import { EngineError } from "../engine-error";
import type { EmphasisMode } from "../prompt/apply-weights";
import { parseSchedule, promptAt } from "../prompt/parse-schedule";
import type { Convention } from "../schedulers/registry";
import type { Condition } from "./unet";

/** How a family of models reads prompts: what its UNet is told. */
export interface Conditioning {
  /**
   * What a prompt says in each step, from 0: emphasis, editing by steps, any length, textual inversions.
   * @throws EngineError prompt_invalid
   */
  read(request: PromptRequest): Promise<(index: number) => Condition>;
  release(): Promise<void>;
}

export interface PromptRequest {
  /** Without networks; see `parseNetworks`. */
  readonly text: string;
  readonly side: "positive" | "negative";
  /** Steps in all, over which the prompt may change. */
  readonly steps: number;
  /** Of the drawing, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Whose ways are followed where they differ. */
  readonly convention: Convention;
  /** Layers of the text encoder left out at the end beyond what the family leaves out, 0 by default. */
  readonly clipSkip?: number;
  readonly emphasis?: EmphasisMode;
}

/** Longer prompts are a mistake or an attack. */
const MOST_CHARACTERS = 20_000;

/**
 * What a text that is edited by steps says in each of them, from 0; each of its states is encoded once.
 * @throws EngineError prompt_invalid · what `encode` throws
 */
export async function encodeSchedule<T>(
  { text, steps }: Pick<PromptRequest, "text" | "steps">,
  encode: (state: string) => Promise<T>,
): Promise<(index: number) => T> {
  if (text.length > MOST_CHARACTERS)
    throw new EngineError("prompt_invalid", `a prompt of ${text.length} characters`, {
      ...{ expected: `at most ${MOST_CHARACTERS}`, got: text.length },
    });
  const encoded = new Map<string, T>();
  const spans = parseSchedule(text, { steps });
  for (const { text: state } of spans) if (!encoded.has(state)) encoded.set(state, await encode(state));
  return (index) => encoded.get(promptAt(spans, index + 1))!;
}
