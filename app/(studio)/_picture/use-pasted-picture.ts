"use client";

import { useEffect } from "react";

/** Calls back with a picture pasted anywhere on the page; pasted text is left to the field it goes into. */
export function usePastedPicture(onPicture: (file: File) => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
      if (!file) return;
      event.preventDefault();
      onPicture(file);
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, [onPicture]);
}
