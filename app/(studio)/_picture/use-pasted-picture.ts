"use client";

import { useEffect, useRef } from "react";

/** Who takes what is pasted, the last to come first: a dialog before the page behind it. */
const takers: object[] = [];

/**
 * Calls back with a picture pasted anywhere on the page; pasted text is left to the field it goes into.
 * @param isTaking false where pasted pictures are somebody else's.
 */
export function usePastedPicture(onPicture: (file: File) => void, isTaking = true): void {
  const latest = useRef(onPicture);
  latest.current = onPicture;
  useEffect(() => {
    if (!isTaking) return;
    const taker = {};
    takers.push(taker);
    const onPaste = (event: ClipboardEvent) => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
      if (!file || takers.at(-1) !== taker) return;
      event.preventDefault();
      latest.current(file);
    };
    document.addEventListener("paste", onPaste);
    return () => {
      takers.splice(takers.indexOf(taker), 1);
      document.removeEventListener("paste", onPaste);
    };
  }, [isTaking]);
}
