import { EngineError } from "../engine-error";
import type { Checkpoint, ModelPart, TokenizerFiles } from "../layouts/checkpoint";
import type { LoraPatches } from "../lora/stack-loras";
import { openStandardTokenizer, openTokenizer } from "../prompt/open-tokenizer";
import type { Device } from "../runtime/session";
import type { Conditioning } from "./conditioning";
import type { PromptReader } from "./prompt-reader";
import { sdConditioning } from "./sd-conditioning";
import { sdxlConditioning } from "./sdxl-conditioning";
import { type Embeddings, openTextEncoder, type TextStates } from "./text-encoder";

export interface ConditioningOptions {
  readonly patches: LoraPatches;
  /** Textual inversions for the first text encoder, by name. */
  readonly embeddings?: Embeddings | undefined;
  /** The same for SDXL's second; what one of them lacks is read as text by both. */
  readonly embeddings2?: Embeddings | undefined;
}

/**
 * The reader of a checkpoint's prompts; text encoders are opened by the first prompt.
 * @throws EngineError weights_missing · weights_unknown for families that are not drawn, the refiner of SDXL among them
 */
export async function openConditioning(
  checkpoint: Checkpoint,
  device: Device,
  options: ConditioningOptions,
): Promise<Conditioning> {
  const { family, source, emptyNegative } = checkpoint;
  switch (family) {
    case "sd1":
    case "sd2":
      return sdConditioning(await openReader(first(checkpoint, options), device));
    case "sdxl": {
      const inBoth = onlyInBoth(options);
      const readers = [
        await openReader({ ...first(checkpoint, inBoth), states: "raw" }, device),
        await openReader({ ...second(checkpoint, inBoth), states: "raw", pools: true }, device),
      ] as const;
      return sdxlConditioning(readers, emptyNegative);
    }
    default:
      throw new EngineError("weights_unknown", `${source} is of ${family}, which is not drawn`, {
        ...{ file: source, seen: family },
      });
  }
}

/** A text encoder and what goes with it. */
interface Source {
  readonly part: ModelPart;
  readonly tokenizerFiles: TokenizerFiles | null;
  /** Of CLIP's tokenizer, where the checkpoint has none of its own: single files were made with that. */
  readonly padding: "eos" | "zero";
  readonly embeddings?: Embeddings | undefined;
  readonly patches: LoraPatches["textEncoder"];
  readonly states?: TextStates;
  readonly pools?: boolean;
}

const first = (checkpoint: Checkpoint, { patches, embeddings }: ConditioningOptions): Source => ({
  part: checkpoint.textEncoder ?? missing(checkpoint, "text_encoder"),
  tokenizerFiles: checkpoint.tokenizerFiles,
  padding: checkpoint.family === "sd2" ? "zero" : "eos",
  ...{ embeddings, patches: patches.textEncoder },
});

const second = (checkpoint: Checkpoint, { patches, embeddings2 }: ConditioningOptions): Source => ({
  part: checkpoint.textEncoder2 ?? missing(checkpoint, "text_encoder_2"),
  tokenizerFiles: checkpoint.tokenizerFiles2,
  padding: "zero",
  ...{ embeddings: embeddings2, patches: patches.textEncoder2 },
});

async function openReader(
  { part, tokenizerFiles, padding, embeddings = new Map(), ...options }: Source,
  device: Device,
): Promise<PromptReader> {
  return {
    tokenizer: tokenizerFiles ? await openTokenizer(tokenizerFiles) : await openStandardTokenizer(padding),
    encoder: openTextEncoder(part, device, { ...options, embeddings }),
    embeddings,
  };
}

/** A name that one of the encoders has no vector for would be read as one thing here and as another there. */
function onlyInBoth(options: ConditioningOptions): ConditioningOptions {
  const { embeddings = new Map(), embeddings2 = new Map() } = options;
  const shared = (own: Embeddings, other: Embeddings): Embeddings =>
    new Map([...own].filter(([name]) => other.has(name)));
  return {
    ...options,
    embeddings: shared(embeddings, embeddings2),
    embeddings2: shared(embeddings2, embeddings),
  };
}

function missing({ source }: Checkpoint, part: string): never {
  throw new EngineError("weights_missing", `${source} has no ${part}`, { file: source, part });
}
