"use client";

import { useInterval } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { WordsView } from "@/lib/words/show-words";
import { useSay } from "../_gallery/use-say";
import { addWord, changeWord, loadWordsView, removeWord, type WordChange, type WordDraft } from "./words-api";

/** Counts change while pictures are told anew. */
const LOOK_MS = 2_000;

/** One's words as they are shown; each change says what came of it. */
export function useWords(first: WordsView) {
  const t = useTranslations("words");
  const say = useSay();
  const [view, setView] = useState(first);
  const look = useInterval(() => loadWordsView().then(setView, () => {}), LOOK_MS);
  const isWaiting = view.waiting > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins and ends with the waiting alone
  useEffect(() => {
    if (isWaiting) look.start();
    return look.stop;
  }, [isWaiting]);

  /** @returns whether it was done. */
  const keep = async (change: Promise<WordsView>, said?: string): Promise<boolean> => {
    try {
      setView(await change);
      if (said) say.done(said);
      return true;
    } catch (error) {
      say.failed(error);
      return false;
    }
  };
  return {
    ...view,
    add: (draft: WordDraft) => keep(addWord(draft), t("added")),
    change: (word: string, change: WordChange) => keep(changeWord(word, change)),
    remove: (word: string) => keep(removeWord(word), t("removed")),
  };
}
