"use client";

import { useLocale } from "next-intl";
import { useCallback, useState } from "react";
import type { OwnWord } from "@/lib/search/list-own-words";
import { loadWords } from "./gallery-api";

/** What one's pictures show, in the reader's language, to choose from while typing; asked for once, when first needed. */
export function useOwnWords() {
  const locale = useLocale();
  const [words, setWords] = useState<readonly OwnWord[] | null>(null);
  const load = useCallback(() => {
    if (words !== null) return;
    setWords([]);
    // One types on without them.
    loadWords().then(setWords, () => setWords(null));
  }, [words]);
  const names = [...new Set((words ?? []).map(({ en, zh }) => (locale === "zh" ? zh : en)))];
  return { names, load };
}
