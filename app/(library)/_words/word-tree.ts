import type { WordView } from "@/lib/words/show-words";

/** A word with what lies under it. */
export interface WordNode {
  readonly word: WordView;
  readonly name: string;
  readonly narrower: readonly WordNode[];
}

/**
 * Words as a tree: one's own first, then those of the most pictures.
 * @param asked only words that are called so, in either language, and those that they lie under; all, where it is empty.
 */
export function treeOf(words: readonly WordView[], locale: string, asked: string): WordNode[] {
  const wanted = asked.trim().toLowerCase();
  const below = new Map<string | null, WordView[]>();
  for (const word of words) below.set(word.within, [...(below.get(word.within) ?? []), word]);
  const nodesUnder = (within: string | null, isTaken: boolean): WordNode[] =>
    (below.get(within) ?? [])
      .map((word) => {
        const isCalledSo = isTaken || [word.en, word.zh].some((name) => name.toLowerCase().includes(wanted));
        const narrower = nodesUnder(word.word, isCalledSo);
        return { word, name: nameIn(word, locale), narrower, isShown: isCalledSo || narrower.length > 0 };
      })
      .filter(({ isShown }) => isShown)
      .sort(byWorth(locale));
  return nodesUnder(null, wanted === "");
}

export const nameIn = ({ en, zh }: Pick<WordView, "en" | "zh">, locale: string): string =>
  locale === "zh" ? zh : en;

/** Whether a word is another, or lies somewhere under it. */
export function liesUnder(words: readonly WordView[], word: string, above: string): boolean {
  for (let at: string | null = word; at !== null; ) {
    if (at === above) return true;
    at = words.find((each) => each.word === at)?.within ?? null;
  }
  return false;
}

const byWorth = (locale: string) => {
  const { compare } = new Intl.Collator(locale);
  return (a: WordNode, b: WordNode) =>
    Number(b.word.names !== null) - Number(a.word.names !== null) ||
    b.word.count - a.word.count ||
    compare(a.name, b.name);
};
