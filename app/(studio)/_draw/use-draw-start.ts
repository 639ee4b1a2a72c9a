"use client";

import { notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { ApiError } from "@/app/_ui/api/api-client";
import { fetchPicture } from "../_picture/picture-api";
import {
  type DrawForm,
  formOfDrawing,
  formOfRestored,
  maskOfDrawing,
  type Restored,
  varied,
} from "./draw-form";
import { fetchDrawing, useTellRestored } from "./restored-drawing";

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
  const tell = useTellRestored();
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
      const drawing = await fetchDrawing(pictureId, stop.signal);
      if (!drawing) return change({ picture: pictureId });
      change(taken(formOfRestored(drawing)));
      tell(drawing);
    };
    begin()
      .catch((error: unknown) => {
        if (!stop.signal.aborted && error instanceof ApiError)
          notifications.show({ color: "red", message: error.message });
      })
      // The address has done its work: a reload must not overwrite what is typed from here on.
      .finally(() => stop.signal.aborted || window.history.replaceState(null, "", "/create/draw"));
    return () => stop.abort();
  }, [pictureId, isVaried, isRestored, change, give, tell]);
}
