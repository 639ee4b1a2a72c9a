"use client";

import { useCallback, useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { PicturePage } from "@/lib/pictures/list-pictures";
import { usePictureParts } from "./use-picture-parts";

/**
 * Pictures that come page by page, an album's say.
 * @param load brings the page at a cursor.
 */
export function usePictures(load: (cursor: string) => Promise<PicturePage>, first: PicturePage) {
  const shown = usePictureParts([first.pictures]);
  const { setParts } = shown;
  const [next, setNext] = useState(first.nextCursor);
  const [isLoading, setLoading] = useState(false);

  const loadMore = useCallback(async () => {
    if (next === null || isLoading) return;
    setLoading(true);
    try {
      const page = await load(next);
      setParts((parts) => {
        const known = new Set(parts.flatMap((part) => part ?? []).map(({ id }) => id));
        return [...parts, page.pictures.filter(({ id }) => !known.has(id))];
      });
      setNext(page.nextCursor);
    } finally {
      setLoading(false);
    }
  }, [load, next, isLoading, setParts]);

  const arrange = useCallback((pictures: readonly PictureView[]) => setParts([pictures]), [setParts]);
  return { ...shown, hasMore: next !== null, isLoading, loadMore, arrange };
}
