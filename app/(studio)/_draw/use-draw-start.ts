"use client";

import { notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { ApiError, getJson } from "@/app/_ui/api/api-client";
import type { RestoredDrawing } from "@/lib/drawing/restore-drawing";
import { fetchPicture } from "../_picture/picture-api";
import { cleared, type DrawForm, formOfDrawing, maskOfDrawing, type Restored, varied } from "./draw-form";

/** A picture that the page is opened for. */
export interface DrawStart {
  readonly picture: string;
  /** Whether others like it are asked for, rather than the same settings. */
  readonly isVaried: boolean;
}

/**
 * Fills the form once from what the address asks to start from: a drawing gives its settings back, wherever it was made,
 * or is varied; any other picture is begun with.
 * @param give takes the mask that belongs to a picture.
 */
export function useDrawStart(
  start: DrawStart | null,
  isRestored: boolean,
  change: (some: Partial<DrawForm>) => void,
  give: (picture: string | null, mask: string | null) => void,
): void {
  const { picture: pictureId, isVaried } = start ?? { picture: null, isVaried: false };
  useEffect(() => {
    if (!isRestored || pictureId === null) return;
    const taken = (form: Restored): Restored => (isVaried ? varied(form) : form);
    const stop = new AbortController();
    const begin = async () => {
      const { kind, settings } = await fetchPicture(pictureId, stop.signal);
      const own = kind === "drawing" ? formOfDrawing(settings) : null;
      if (own) {
        change(taken(own));
        return give(own.picture, maskOfDrawing(settings));
      }
      const { drawing } = await getJson<{ drawing: RestoredDrawing | null }>(
        `/api/pictures/${pictureId}/drawing`,
        stop.signal,
      );
      change(drawing ? taken({ ...cleared(drawing.prompt), ...drawing }) : { picture: pictureId });
    };
    begin()
      .catch((error: unknown) => {
        if (!stop.signal.aborted && error instanceof ApiError)
          notifications.show({ color: "red", message: error.message });
      })
      // The address has done its work: a reload must not overwrite what is typed from here on.
      .finally(() => stop.signal.aborted || window.history.replaceState(null, "", "/create/draw"));
    return () => stop.abort();
  }, [pictureId, isVaried, isRestored, change, give]);
}
