import type { VocabularyWord } from "../db/client";
import { listVocabulary } from "../db/vocabulary";
import type { ClipModel } from "./clip-model";
import { vocabularyOf, type Word } from "./vocabulary";

/** A word as an owner's pictures are told by it. */
export interface OwnerWord {
  /** What tags are kept by: in small letters. */
  readonly key: string;
  /** As shown; where it has one name alone, that in both. */
  readonly en: string;
  readonly zh: string;
  /** The key of the broader word that it lies under. */
  readonly within: string | null;
  /** What a model is asked for it, by language: of one at least there is one. */
  readonly texts: { readonly en: readonly string[]; readonly zh: readonly string[] };
  /** Deviations from which on a picture is told by it, where that was measured. */
  readonly line?: number | undefined;
  /** As the owner typed them; null for a word that they did not add, but that a model knows. */
  readonly names: { readonly en: string; readonly zh: string; readonly wordings: readonly string[] } | null;
  /** Whether no picture is told by it any more; what its owner says by hand stays. */
  readonly isOff: boolean;
  readonly care: VocabularyWord["care"];
}

/** The words that an owner's pictures are told by: the model's, as the owner wants them, and the owner's own. */
export async function ownVocabulary(ownerId: string, model: ClipModel | null): Promise<readonly OwnerWord[]> {
  const [shipped, rows] = await Promise.all([model ? vocabularyOf(model) : [], listVocabulary(ownerId)]);
  return mergeVocabulary(shipped, rows);
}

/** The same of what was read already; the owner's own come first. */
export function mergeVocabulary(
  shipped: readonly Word[],
  rows: readonly VocabularyWord[],
): readonly OwnerWord[] {
  const byKey = new Map(rows.map((row) => [row.word, row]));
  const own = rows.filter(isOwnWord).map(ownWord);
  const others = shipped.flatMap(({ en, zh, within, line }): OwnerWord[] => {
    const key = en.toLowerCase();
    const row = byKey.get(key);
    if (row && isOwnWord(row)) return [];
    const { isOff = false, care = "balanced" } = row ?? {};
    return [
      {
        ...{ key, en, zh, line, isOff, care },
        ...{ within: within?.toLowerCase() ?? null, texts: { en: [en], zh: [zh] }, names: null },
      },
    ];
  });
  return [...own, ...others];
}

/** A row without a name only says how a model's word is wanted. */
export const isOwnWord = ({ en, zh }: VocabularyWord): boolean => en !== null || zh !== null;

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

function ownWord({ word, en, zh, wordings, within, isOff, care }: VocabularyWord): OwnerWord {
  const inEnglish = wordings.filter((each) => !isChinese(each));
  const inChinese = wordings.filter(isChinese);
  return {
    ...{ key: word, en: en ?? zh ?? word, zh: zh ?? en ?? word, within, isOff, care },
    names: { en: en ?? "", zh: zh ?? "", wordings },
    texts: { en: [...(en ? [en] : []), ...inEnglish], zh: [...(zh ? [zh] : []), ...inChinese] },
  };
}
