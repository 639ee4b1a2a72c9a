"use client";

import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import type { AlbumView } from "@/lib/albums/describe-album";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { PicturePage } from "@/lib/pictures/list-pictures";
import { usePictures } from "../_gallery/use-pictures";
import { useSay } from "../_gallery/use-say";
import { addPictures, changeAlbum, loadAlbumPage, movePicture, removePictures } from "./album-api";
import { movedBehind } from "./use-albums";

/** One album as it is shown. Its pictures are those of `usePictures`, and can be moved, taken out and added to. */
export function useAlbum(first: AlbumView, page: PicturePage) {
  const t = useTranslations("albums");
  const say = useSay();
  const [album, setAlbum] = useState(first);
  const shown = usePictures(
    useCallback((cursor: string) => loadAlbumPage(first.id, cursor), [first.id]),
    page,
  );
  const { pictures, arrange, takeOut } = shown;

  const onMoved = async (id: string, after: string | null) => {
    arrange(movedBehind(pictures, id, after));
    await movePicture(album.id, id, after).catch((error) => {
      arrange(pictures);
      say.failed(error);
    });
  };
  const onRemove = async (ids: readonly string[]) => {
    const putBack = takeOut(ids);
    try {
      await removePictures(album.id, ids);
      say.undoable(t("remove.done", { count: ids.length }), async () => {
        // They come back to where they lay: each behind the one that was before it.
        await addPictures(album.id, ids);
        for (const id of pictures.map((one) => one.id).filter((one) => ids.includes(one)))
          await movePicture(album.id, id, before(pictures, id));
        putBack();
      });
    } catch (error) {
      putBack();
      say.failed(error);
    }
  };
  const onCover = async ({ id }: PictureView) => {
    try {
      setAlbum(await changeAlbum(album.id, { cover: id }));
      say.done(t("cover.done"));
    } catch (error) {
      say.failed(error);
    }
  };
  const onAdded = async (added: readonly PictureView[]) => {
    const count = await addPictures(
      album.id,
      added.map(({ id }) => id),
    );
    const fresh = added.filter(({ id }) => !pictures.some((one) => one.id === id));
    // While there is more to load, the end of the album is not in sight yet.
    if (!shown.hasMore) arrange([...pictures, ...fresh]);
    say.done(t("add.done", { count, title: album.title }));
  };
  return { album, setAlbum, shown, onMoved, onRemove, onCover, onAdded };
}

const before = (list: readonly PictureView[], id: string): string | null =>
  list[list.findIndex((one) => one.id === id) - 1]?.id ?? null;
