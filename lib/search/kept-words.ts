import type { OwnerWord } from "./own-vocabulary";

/** Words as they are kept. */
export interface KeptWords {
  readonly name: string;
  /** Kinds of it, and kinds of those. */
  readonly narrower: readonly string[];
  /** Whether the owner added it to their vocabulary. */
  readonly isOwn: boolean;
}

/** What someone typed, in either language, as tags are kept by; a word that the vocabulary lacks is itself. */
export function keptWords(vocabulary: readonly OwnerWord[], typed: string): KeptWords {
  const known = findWord(vocabulary, typed);
  const name = known?.key ?? typed.toLowerCase().replace(ARTICLE, "");
  return { name, narrower: known ? narrowerOf(vocabulary, name) : [], isOwn: Boolean(known?.names) };
}

const ARTICLE = /^(?:an?|the) /;

/** @param typed in either language, with an article or without. */
export function findWord<W extends { readonly key?: string; readonly en: string; readonly zh: string }>(
  vocabulary: readonly W[],
  typed: string,
): W | undefined {
  const lower = typed.toLowerCase();
  const named = (asked: string) =>
    vocabulary.find(
      ({ key, en, zh }) => key === asked || en.toLowerCase() === asked || zh.toLowerCase() === asked,
    );
  return named(lower) ?? named(lower.replace(ARTICLE, ""));
}

/** The keys of all kinds of a word, however far below it, itself not among them. */
export function narrowerOf(vocabulary: readonly OwnerWord[], key: string): string[] {
  const found = new Set([key]);
  // A set goes on to what joins it meanwhile.
  for (const wider of found)
    for (const { key: narrower, within } of vocabulary) if (within === wider) found.add(narrower);
  found.delete(key);
  return [...found];
}
