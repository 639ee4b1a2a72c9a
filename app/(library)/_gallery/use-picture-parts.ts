"use client";

import { useCallback, useMemo, useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { actOnPictures, changePicture } from "./gallery-api";

type Change = { title?: string; caption?: string; favourite?: boolean };

/** Pictures that are shown one after another; null while they are not here yet. */
export type PicturePart = readonly PictureView[] | null;

/**
 * Pictures as they are shown, in parts that come one by one: changes count at once, and are taken back if they fail.
 */
export function usePictureParts(first: readonly PicturePart[]) {
  const [parts, setParts] = useState(first);
  const pictures = useMemo(() => parts.flatMap((part) => part ?? []), [parts]);

  const changeAll = useCallback((changed: (part: readonly PictureView[], at: number) => PicturePart) => {
    setParts((shown) => shown.map((part, at) => part && changed(part, at)));
  }, []);

  const patch = useCallback(
    (ids: readonly string[], change: Change) => {
      const these = new Set(ids);
      changeAll((part) => part.map((one) => (these.has(one.id) ? { ...one, ...change } : one)));
    },
    [changeAll],
  );

  const change = useCallback(
    async ({ id, title, caption, favourite }: PictureView, wish: Change) => {
      patch([id], wish);
      await changePicture(id, wish).catch((error: unknown) => {
        patch([id], { title, caption, favourite });
        throw error;
      });
    },
    [patch],
  );

  const favour = useCallback(
    async (ids: readonly string[]) => patch(await actOnPictures("favourite", ids), { favourite: true }),
    [patch],
  );

  /** Takes pictures out of sight. @returns how to put them back where they were. */
  const takeOut = useCallback(
    (ids: readonly string[]) => {
      const these = new Set(ids);
      const taken = parts.map((part) =>
        (part ?? []).flatMap((one, at) => (these.has(one.id) ? [{ one, at }] : [])),
      );
      changeAll((part) => part.filter(({ id }) => !these.has(id)));
      return () =>
        changeAll((part, index) => {
          const whole = part.filter(({ id }) => !these.has(id));
          for (const { one, at } of taken[index] ?? []) whole.splice(at, 0, one);
          return whole;
        });
    },
    [parts, changeAll],
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

  return { parts, setParts, pictures, change, favour, takeOut, moveAway };
}
