"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { WritePicture } from "../_lightbox/title-field";
import type { usePictureParts } from "./use-picture-parts";
import { useSay } from "./use-say";

type Acts = Pick<ReturnType<typeof usePictureParts>, "change" | "favour" | "moveAway">;

/** What one does with pictures wherever they are shown; each says what happened, and offers the way back. */
export function usePictureActs({ change, favour, moveAway }: Acts) {
  const t = useTranslations("gallery");
  const say = useSay();
  const onFavourite = useCallback(
    (picture: PictureView) => change(picture, { favourite: !picture.favourite }).catch(say.failed),
    [change, say.failed],
  );
  const onMove = useCallback(
    async ({ id, title, trashedAt }: PictureView) => {
      try {
        const [to, said] =
          trashedAt === null ? (["trash", "moved"] as const) : (["restore", "restored"] as const);
        const undo = await moveAway([id], to);
        say.undoable(t(`trash.${said}`, { title: title || t("untitled") }), undo);
      } catch (error) {
        say.failed(error);
      }
    },
    [moveAway, say, t],
  );
  const onWrite: WritePicture = useCallback((picture, words) => change(picture, words), [change]);
  const favourAll = useCallback(
    async (ids: readonly string[]) => {
      try {
        await favour(ids);
        say.done(t("select.favoured", { count: ids.length }));
      } catch (error) {
        say.failed(error);
      }
    },
    [favour, say, t],
  );
  const trashAll = useCallback(
    async (ids: readonly string[]) => {
      try {
        say.undoable(t("select.trashed", { count: ids.length }), await moveAway(ids, "trash"));
      } catch (error) {
        say.failed(error);
      }
    },
    [moveAway, say, t],
  );
  return { onFavourite, onMove, onWrite, favourAll, trashAll };
}
