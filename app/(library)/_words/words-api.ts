import type { WordsView } from "@/lib/words/show-words";
import type { CARES } from "@/lib/words/word-limits";
import { ask } from "../_gallery/gallery-api";

const send = (method: string, body: unknown): RequestInit => ({ method, body: JSON.stringify(body) });

/** What one says of a word of one's own. */
export interface WordDraft {
  readonly en: string;
  readonly zh: string;
  readonly wordings: readonly string[];
  /** The broader word; null for none. */
  readonly within: string | null;
}

export interface WordChange extends Partial<WordDraft> {
  readonly isOff?: boolean;
  /** Whether what lies under it is switched likewise. */
  readonly withNarrower?: true;
  readonly care?: (typeof CARES)[number];
}

export const loadWordsView = (): Promise<WordsView> => ask("/api/words");

export const addWord = (draft: WordDraft): Promise<WordsView> => ask("/api/words", send("POST", draft));

export const changeWord = (word: string, change: WordChange): Promise<WordsView> =>
  ask("/api/words", send("PATCH", { word, ...change }));

export const removeWord = (word: string): Promise<WordsView> =>
  ask(`/api/words?${new URLSearchParams({ word })}`, { method: "DELETE" });
