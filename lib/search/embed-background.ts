import type { ClipModel } from "./clip-model";
import { embedWords } from "./embed-words";
import { vocabularyOf } from "./vocabulary";

/** The vocabulary's words, which others have to stand out among, in the language that these are in. @throws those of the host */
export async function embedBackground(model: ClipModel, typed: readonly string[]): Promise<Float32Array[]> {
  const language = /\p{Script=Han}/u.test(typed.join("")) ? "zh" : "en";
  const vocabulary = await vocabularyOf(model);
  return embedWords(
    model,
    vocabulary.map((word) => word[language]),
  );
}
