"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import { MAX_SELECTED } from "@/lib/pictures/selected-pictures";
import { pickPictures } from "./pick-pictures";

/** The pictures that one has chosen to do something with. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** While true a click on a picture chooses it. */
  isOn: boolean;
  /** @param isRange everything from the last one picked to this one. */
  pick: (id: string, isRange: boolean) => void;
  start: () => void;
  all: () => void;
  clear: () => void;
}

const NOBODY: ReadonlySet<string> = new Set();

/** Brings what can be chosen, but is not shown yet; null where that failed, which it has told by then. */
export interface Bringing {
  idsBetween: (one: string, other: string) => Promise<readonly string[] | null>;
  firstIds: (most: number) => Promise<readonly string[] | null>;
}

/**
 * @param order what can be chosen, in the order in which it is shown. Escape ends the choosing.
 * @param bringing where there may be more than is shown.
 */
export function useSelection(order: readonly string[], bringing?: Bringing): Selection {
  const [chosen, setChosen] = useState(NOBODY);
  const [last, setLast] = useState<string | null>(null);
  const [isStarted, setStarted] = useState(false);
  // What is shown no more (it went to the trash, say) is not chosen either.
  const ids = useMemo(() => new Set(order.filter((id) => chosen.has(id))), [order, chosen]);
  const isOn = isStarted || ids.size > 0;

  const pick = useCallback(
    async (id: string, isRange: boolean) => {
      const from = isRange ? last : null;
      setLast(id);
      const range = from !== null && bringing ? await bringing.idsBetween(from, id) : order;
      if (range === null) return;
      setChosen(pickPictures(range, ids, id, from, MAX_SELECTED));
    },
    [order, ids, last, bringing],
  );
  const all = useCallback(async () => {
    setChosen(new Set((await bringing?.firstIds(MAX_SELECTED)) ?? order.slice(0, MAX_SELECTED)));
  }, [order, bringing]);
  const start = useCallback(() => setStarted(true), []);
  const clear = useCallback(() => {
    setChosen(NOBODY);
    setLast(null);
    setStarted(false);
  }, []);
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent) => {
      // Dialogs and menus close on Escape too, and have the first say.
      if (event.key === "Escape" && !document.querySelector("[role=dialog], [role=menu]")) clear();
    };
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [isOn, clear]);
  return { ids, isOn, pick, start, all, clear };
}
