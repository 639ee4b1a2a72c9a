import { listWords } from "../db/tags";
import { translationsFor } from "./show-tags";

/** A word that some of one's pictures have as a tag. */
export interface OwnWord {
  readonly word: string;
  readonly en: string;
  readonly zh: string;
  /** Pictures outside the trash. */
  readonly count: number;
}

/** More than anyone scrolls through. */
const MOST = 500;

/** What the owner's pictures show, the most frequent first: what one may type, and filter by. */
export async function listOwnWords(ownerId: string): Promise<OwnWord[]> {
  const inBoth = await translationsFor(ownerId);
  const words = await listWords(ownerId, MOST);
  return words.map(({ word, count }) => ({
    ...{ word, count },
    ...(inBoth.get(word) ?? { en: word, zh: word }),
  }));
}
