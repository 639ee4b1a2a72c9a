"use client";

import { useCallback, useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { PicturePage } from "@/lib/pictures/list-pictures";
import { actOnPictures, changePicture } from "./gallery-api";

type Change = { title?: string; favourite?: boolean };

/**
 * The pictures of one shelf or album as they are shown: changes count at once, and are taken back if they fail.
 * @param load brings the page at a cursor.
 */
export function usePictures(load: (cursor: string) => Promise<PicturePage>, first: PicturePage) {
  const [pictures, setPictures] = useState<readonly PictureView[]>(first.pictures);
  const [next, setNext] = useState(first.nextCursor);
  const [isLoading, setLoading] = useState(false);

  const loadMore = useCallback(async () => {
    if (next === null || isLoading) return;
    setLoading(true);
    try {
      const page = await load(next);
      setPictures((shown) => [
        ...shown,
        ...page.pictures.filter((one) => !shown.some(({ id }) => id === one.id)),
      ]);
      setNext(page.nextCursor);
    } finally {
      setLoading(false);
    }
  }, [load, next, isLoading]);

  const patch = useCallback((ids: readonly string[], change: Change) => {
    setPictures((shown) => shown.map((one) => (ids.includes(one.id) ? { ...one, ...change } : one)));
  }, []);

  const change = useCallback(
    async ({ id, title, favourite }: PictureView, wish: Change) => {
      patch([id], wish);
      await changePicture(id, wish).catch((error: unknown) => {
        patch([id], { title, favourite });
        throw error;
      });
    },
    [patch],
  );

  const favour = useCallback(
    async (ids: readonly string[]) => patch(await actOnPictures("favourite", ids), { favourite: true }),
    [patch],
  );

  const put = useCallback((picture: PictureView, at: number) => {
    setPictures((shown) => {
      const others = shown.filter(({ id }) => id !== picture.id);
      return [...others.slice(0, at), picture, ...others.slice(at)];
    });
  }, []);

  /** Puts pictures that came in before the others; the last of them came last. */
  const putFirst = useCallback((arrived: readonly PictureView[]) => {
    const ids = new Set(arrived.map(({ id }) => id));
    setPictures((shown) => [...arrived.toReversed(), ...shown.filter(({ id }) => !ids.has(id))]);
  }, []);

  /** Takes pictures out of sight. @returns how to put them back where they were. */
  const takeOut = useCallback(
    (ids: readonly string[]) => {
      const taken = pictures.flatMap((one, at) => (ids.includes(one.id) ? [{ one, at }] : []));
      setPictures((shown) => shown.filter(({ id }) => !ids.includes(id)));
      return () => {
        for (const { one, at } of taken) put(one, at);
      };
    },
    [pictures, put],
  );

  /** Takes pictures off the shelf, into the trash or out of it. @returns how to undo that. */
  const moveAway = useCallback(
    async (ids: readonly string[], to: "trash" | "restore") => {
      const putBack = takeOut(ids);
      await actOnPictures(to, ids).catch((error: unknown) => {
        putBack();
        throw error;
      });
      return async () => {
        await actOnPictures(to === "trash" ? "restore" : "trash", ids);
        putBack();
      };
    },
    [takeOut],
  );

  const clear = useCallback(() => {
    setPictures([]);
    setNext(null);
  }, []);
  const shown = { pictures, hasMore: next !== null, isLoading };
  return { ...shown, loadMore, change, favour, putFirst, takeOut, moveAway, arrange: setPictures, clear };
}
