import type { Patience } from "../network/retrying";
import { askCivitai } from "./ask-civitai";
import { askHuggingFace } from "./ask-hugging-face";
import type { ModelSource, RemoteModel } from "./model-source";

/**
 * Asks a model's host which files it consists of, how large they are and what they hash to.
 * @throws AppError those of `askHuggingFace` and `askCivitai`
 */
export const askSource = (
  source: ModelSource,
  signal: AbortSignal,
  patience?: Patience,
): Promise<RemoteModel> =>
  source.from === "huggingface"
    ? askHuggingFace(source, signal, patience)
    : askCivitai(source, signal, patience);
