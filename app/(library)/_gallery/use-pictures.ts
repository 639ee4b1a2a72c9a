"use client";

import { useCallback, useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { PicturePage, Shelf } from "@/lib/pictures/list-pictures";
import { changePicture, loadPage, restorePicture, trashPicture } from "./gallery-api";

type Change = { title?: string; favourite?: boolean };

/** The pictures of one shelf as they are shown: changes count at once, and are taken back if they fail. */
export function usePictures(shelf: Shelf, first: PicturePage) {
  const [pictures, setPictures] = useState<readonly PictureView[]>(first.pictures);
  const [next, setNext] = useState(first.nextCursor);
  const [isLoading, setLoading] = useState(false);

  const loadMore = useCallback(async () => {
    if (next === null || isLoading) return;
    setLoading(true);
    try {
      const page = await loadPage(shelf, next);
      setPictures((shown) => [
        ...shown,
        ...page.pictures.filter((one) => !shown.some(({ id }) => id === one.id)),
      ]);
      setNext(page.nextCursor);
    } finally {
      setLoading(false);
    }
  }, [shelf, next, isLoading]);

  const patch = useCallback((id: string, change: Change) => {
    setPictures((shown) => shown.map((one) => (one.id === id ? { ...one, ...change } : one)));
  }, []);

  const change = useCallback(
    async ({ id, title, favourite }: PictureView, wish: Change) => {
      patch(id, wish);
      await changePicture(id, wish).catch((error: unknown) => {
        patch(id, { title, favourite });
        throw error;
      });
    },
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

  /** Takes a picture off the shelf, into the trash or out of it. @returns how to put it back where it was. */
  const moveAway = useCallback(
    async (picture: PictureView) => {
      const at = pictures.findIndex(({ id }) => id === picture.id);
      const [go, comeBack] =
        picture.trashedAt === null ? [trashPicture, restorePicture] : [restorePicture, trashPicture];
      setPictures((shown) => shown.filter(({ id }) => id !== picture.id));
      await go(picture.id).catch((error: unknown) => {
        put(picture, at);
        throw error;
      });
      return async () => {
        await comeBack(picture.id);
        put(picture, at);
      };
    },
    [pictures, put],
  );

  const clear = useCallback(() => {
    setPictures([]);
    setNext(null);
  }, []);
  return { pictures, hasMore: next !== null, isLoading, loadMore, change, putFirst, moveAway, clear };
}
