import { z } from "zod";
import { AppError } from "../errors";
import { cleanWord } from "../search/clean-word";
import { findWord } from "../search/kept-words";
import type { OwnerWord } from "../search/own-vocabulary";
import { MAX_WORD_CHARS, MAX_WORDING_CHARS, MAX_WORDINGS } from "./word-limits";

/** What a person says of a word of their own; far longer than what is kept is refused unread. */
export const wordInput = z.object({
  en: z.string().max(500),
  zh: z.string().max(500),
  wordings: z.array(z.string().max(500)).max(100),
  /** The key of the broader word; null for none. */
  within: z.string().max(200).nullable(),
});

/** A word's names and wordings, as they are kept. */
export interface NamedWord {
  readonly word: string;
  readonly en: string | null;
  readonly zh: string | null;
  readonly wordings: string[];
}

/** @throws AppError word_invalid where it has no name, or where something is too long or too much. */
export function nameWord(typed: { en: string; zh: string; wordings: readonly string[] }): NamedWord {
  const [en, zh] = [cleanWord(typed.en) || null, cleanWord(typed.zh) || null];
  const wordings = [...new Set(typed.wordings.map(cleanWord).filter(Boolean))];
  const name = en ?? zh;
  const isShort =
    [en, zh].every((each) => (each?.length ?? 0) <= MAX_WORD_CHARS) &&
    wordings.every(({ length }) => length <= MAX_WORDING_CHARS);
  if (name === null || !isShort || wordings.length > MAX_WORDINGS)
    throw new AppError("word_invalid", {
      details: { limit: MAX_WORD_CHARS, wording: MAX_WORDING_CHARS, most: MAX_WORDINGS },
    });
  return { word: name.toLowerCase(), en, zh, wordings };
}

/**
 * That no other word is called so, in either language.
 * @param vocabulary without the word itself. @throws AppError word_taken
 */
export function checkFree(vocabulary: readonly OwnerWord[], { en, zh }: NamedWord): void {
  for (const name of [en, zh])
    if (name !== null && findWord(vocabulary, name.toLowerCase()))
      throw new AppError("word_taken", { details: { name } });
}

/**
 * That a word may lie under another.
 * @param key null for a new word. @throws AppError not_found for a broader word that there is not; word_circular
 */
export function checkWithin(
  vocabulary: readonly OwnerWord[],
  key: string | null,
  within: string | null,
): void {
  const above = new Set<string>();
  for (let at = within; at !== null && !above.has(at); ) {
    if (at === key) throw new AppError("word_circular");
    above.add(at);
    const wider = vocabulary.find((word) => word.key === at);
    if (!wider && at === within) throw new AppError("not_found");
    at = wider?.within ?? null;
  }
}
