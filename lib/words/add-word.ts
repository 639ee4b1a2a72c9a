import type { z } from "zod";
import { changeVocabulary } from "../db/vocabulary";
import { AppError } from "../errors";
import { mergeVocabulary } from "../search/own-vocabulary";
import { checkFree, checkWithin, nameWord, wordInput } from "./name-word";
import { shippedWords } from "./shipped-words";
import { tellAnew } from "./tell-anew";
import { MAX_OWN_WORDS } from "./word-limits";

export const addWordInput = wordInput.partial();

/**
 * Adds a word of the owner's own; their pictures are told by it from now on.
 * @returns its key.
 * @throws AppError word_invalid, word_taken, words_full; not_found for a broader word that there is not.
 */
export async function addWord(ownerId: string, input: z.infer<typeof addWordInput>): Promise<string> {
  const { en = "", zh = "", wordings = [], within = null } = input;
  const named = nameWord({ en, zh, wordings });
  const shipped = await shippedWords(ownerId);
  await changeVocabulary(ownerId, (rows) => {
    const vocabulary = mergeVocabulary(shipped, rows);
    if (vocabulary.filter(({ names }) => names).length >= MAX_OWN_WORDS)
      throw new AppError("words_full", { details: { limit: MAX_OWN_WORDS } });
    checkFree(vocabulary, named);
    checkWithin(vocabulary, null, within);
    return { keep: [{ ...named, within, isOff: false, care: "balanced" }] };
  });
  tellAnew();
  return named.word;
}
