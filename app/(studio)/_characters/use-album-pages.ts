"use client";

import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { ApiError } from "@/app/_ui/api/api-client";
import { changePicture } from "@/app/(library)/_gallery/gallery-api";
import type { AlbumPage } from "@/lib/albums/list-album-pictures";
import { loadPages, lockPage } from "./album-pages-api";

const EMPTY: AlbumPage = { pictures: [], locked: [], nextCursor: null };

/**
 * An album's pages as they are in the album: what was moved, removed or drawn anew there is so here.
 * @param albumId null before there is one. @param news changes whenever the album may have changed.
 */
export function useAlbumPages(albumId: string | null, news: string) {
  const t = useTranslations("create.characters");
  const [pages, setPages] = useState(EMPTY);

  const tell = useCallback(
    (error: unknown) => {
      const message = error instanceof ApiError && error.message ? error.message : t("failed");
      notifications.show({ color: "red", message });
    },
    [t],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: news only says when
  useEffect(() => {
    if (albumId === null) return setPages(EMPTY);
    let isStale = false;
    loadPages(albumId).then(
      (page) => isStale || setPages(page),
      (error: unknown) => {
        if (isStale) return;
        // Deleted meanwhile: the pictures are in the gallery.
        if (error instanceof ApiError && error.code === "not_found") setPages(EMPTY);
        else tell(error);
      },
    );
    return () => {
      isStale = true;
    };
  }, [albumId, news, tell]);

  const lock = async (id: string, isLocked: boolean) => {
    if (albumId === null) return;
    const locked = (before: AlbumPage) => before.locked.filter((one) => one !== id);
    setPages((before) => ({ ...before, locked: isLocked ? [...locked(before), id] : locked(before) }));
    await lockPage(albumId, id, isLocked).catch((error) => {
      setPages((before) => ({ ...before, locked: isLocked ? locked(before) : [...locked(before), id] }));
      tell(error);
    });
  };

  const write = async (id: string, caption: string) => {
    const captioned = (text: string) => (before: AlbumPage) => ({
      ...before,
      pictures: before.pictures.map((one) => (one.id === id ? { ...one, caption: text } : one)),
    });
    const old = pages.pictures.find((one) => one.id === id)?.caption ?? "";
    setPages(captioned(caption));
    await changePicture(id, { caption }).catch((error) => {
      setPages(captioned(old));
      tell(error);
    });
  };

  return { ...pages, lock, write };
}
