"use client";

import { notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { ApiError } from "@/app/_ui/api/api-client";
import { drawingOptions } from "@/lib/drawing/drawing.input";
import { restored } from "../_create/use-kept-form";
import { fetchPicture } from "../_picture/picture-api";
import { DRAW_FIELDS, type DrawForm } from "./draw-form";

/**
 * Fills the form once from what the address asks to start from: a drawing gives its settings back, any other picture is
 * begun with.
 */
export function useDrawStart(
  pictureId: string | null,
  isRestored: boolean,
  change: (some: Partial<DrawForm>) => void,
): void {
  useEffect(() => {
    if (!isRestored || pictureId === null) return;
    const stop = new AbortController();
    fetchPicture(pictureId, stop.signal)
      .then(({ kind, settings }) => {
        if (kind !== "drawing") return change({ picture: pictureId });
        const options = drawingOptions.safeParse(settings);
        change({ ...restored(settings, DRAW_FIELDS), ...(options.success && { options: options.data }) });
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted && error instanceof ApiError)
          notifications.show({ color: "red", message: error.message });
      })
      // The address has done its work: a reload must not overwrite what is typed from here on.
      .finally(() => stop.signal.aborted || window.history.replaceState(null, "", "/create/draw"));
    return () => stop.abort();
  }, [pictureId, isRestored, change]);
}
