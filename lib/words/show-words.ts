import { countTagged, countUntagged } from "../db/tags";
import { currentClip } from "../search/clip-model";
import { narrowerOf } from "../search/kept-words";
import { mergeVocabulary, type OwnerWord, ownVocabulary } from "../search/own-vocabulary";
import { searchModel } from "../search/search-model";
import { nameVocabulary } from "../search/tag-pictures";
import { vocabularyOf } from "../search/vocabulary";

/** A word as its owner sees it. */
export interface WordView {
  /** What it is asked for and changed by. */
  readonly word: string;
  readonly en: string;
  readonly zh: string;
  /** Of the broader word that it lies under; null for none, or for one that there is no more. */
  readonly within: string | null;
  /** For the owner's own: as they typed them. */
  readonly names: OwnerWord["names"];
  readonly isOff: boolean;
  readonly care: OwnerWord["care"];
  /** Pictures outside the trash that are it, or something narrower. */
  readonly count: number;
}

export interface WordsView {
  readonly words: readonly WordView[];
  /** Pictures that are yet to be told by them. */
  readonly waiting: number;
}

/**
 * The words that an owner's pictures are told by, and how many pictures each has.
 * @param ownerId null for someone who has nothing here yet.
 */
export async function showWords(ownerId: string | null): Promise<WordsView> {
  // New words are put to what the current model saw, also while search goes on with another.
  const current = await currentClip();
  if (ownerId === null)
    return { words: viewsOf(mergeVocabulary(current ? await vocabularyOf(current) : [], [])), waiting: 0 };
  // First: were pictures told between the two, none would seem to wait, and the counts would be those of before.
  const waiting = current ? await countUntagged(ownerId, current.name, await nameVocabulary(current)) : 0;
  const vocabulary = await ownVocabulary(ownerId, await searchModel(ownerId));
  const pairs = vocabulary.flatMap(({ key }) =>
    [key, ...narrowerOf(vocabulary, key)].map((each) => [each, key] as const),
  );
  const counts = await countTagged(ownerId, pairs);
  return { words: viewsOf(vocabulary, counts), waiting };
}

function viewsOf(
  vocabulary: readonly OwnerWord[],
  counts: ReadonlyMap<string, number> = new Map(),
): WordView[] {
  const keys = new Set(vocabulary.map(({ key }) => key));
  return vocabulary.map((word) => ({
    ...{ word: word.key, en: word.en, zh: word.zh, isOff: word.isOff, care: word.care, names: word.names },
    within: word.within !== null && keys.has(word.within) ? word.within : null,
    count: counts.get(word.key) ?? 0,
  }));
}
