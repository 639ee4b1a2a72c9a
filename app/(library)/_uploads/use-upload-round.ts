"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { UploadRound } from "./upload-book";
import { book } from "./upload-queue";

/** The files on their way. @param onArrived called with the pictures that came since it was called last. */
export function useUploadRound(onArrived: (pictures: readonly PictureView[]) => void): UploadRound {
  useEffect(() => book.subscribe((arrived) => arrived.length > 0 && onArrived(arrived)), [onArrived]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (book.isRunning()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);
  return useSyncExternalStore(book.subscribe, book.round, book.nothing);
}
