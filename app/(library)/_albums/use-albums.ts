"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { AlbumView } from "@/lib/albums/describe-album";
import { useSay } from "../_gallery/use-say";
import { changeAlbum, createAlbum } from "./album-api";

/** The albums as they are shown: a move counts at once, and is taken back if it fails. */
export function useAlbums(first: readonly AlbumView[]) {
  const t = useTranslations("albums");
  const say = useSay();
  const [albums, setAlbums] = useState(first);
  const replace = (album: AlbumView) =>
    setAlbums((shown) => shown.map((one) => (one.id === album.id ? album : one)));

  const create = async (title: string): Promise<AlbumView | null> => {
    try {
      const album = await createAlbum(title);
      setAlbums((shown) => [...shown, album]);
      return album;
    } catch (error) {
      say.failed(error);
      return null;
    }
  };
  const move = async (id: string, after: string | null) => {
    setAlbums((shown) => movedBehind(shown, id, after));
    await changeAlbum(id, { after }).catch((error) => {
      setAlbums(albums);
      say.failed(error);
    });
  };
  const onChanged = (album: AlbumView) => {
    replace(album);
    say.done(t("renamed"));
  };
  const onDeleted = ({ id, title }: AlbumView) => {
    setAlbums((shown) => shown.filter((one) => one.id !== id));
    say.done(t("delete.done", { title }));
  };
  return { albums, create, move, onChanged, onDeleted };
}

/** A list with one of its things at another place: behind the one named, or first. */
export function movedBehind<T extends { id: string }>(
  list: readonly T[],
  id: string,
  after: string | null,
): readonly T[] {
  const moving = list.find((one) => one.id === id);
  if (!moving) return list;
  const others = list.filter((one) => one.id !== id);
  const at = after === null ? 0 : others.findIndex((one) => one.id === after) + 1;
  return [...others.slice(0, at), moving, ...others.slice(at)];
}
