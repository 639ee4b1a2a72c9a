"use client";

import { notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { ApiError } from "@/app/_ui/api/api-client";
import { fetchPicture } from "../_picture/picture-api";
import { formOfArt, type QrArtForm } from "./qr-art-form";

/** Fills the form once from the code that the address names: what it looked like, not what it says. */
export function useArtStart(
  likeId: string | null,
  isRestored: boolean,
  change: (some: Partial<QrArtForm>) => void,
): void {
  useEffect(() => {
    if (!isRestored || likeId === null) return;
    const stop = new AbortController();
    fetchPicture(likeId, stop.signal)
      .then(({ settings }) => change(formOfArt(settings)))
      .catch((error: unknown) => {
        if (!stop.signal.aborted && error instanceof ApiError)
          notifications.show({ color: "red", message: error.message });
      })
      // The address has done its work: a reload must not overwrite what is typed from here on.
      .finally(() => stop.signal.aborted || window.history.replaceState(null, "", "/create/qr-art"));
    return () => stop.abort();
  }, [likeId, isRestored, change]);
}
