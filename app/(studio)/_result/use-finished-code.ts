"use client";

import { useEffect, useState } from "react";
import type { Making } from "@/app/_ui/making/job-update";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { fetchPicture } from "../_picture/picture-api";

/** The record of the code that a finished job made; null until it is there. */
export function useFinishedCode(making: Making): PictureDetails | null {
  const [code, setCode] = useState<PictureDetails | null>(null);
  const id = making.phase === "done" ? making.pictureId : null;
  useEffect(() => {
    if (!id) return;
    const controller = new AbortController();
    fetchPicture(id, controller.signal).then(setCode, (error: unknown) => {
      // The page shows the preview meanwhile; the code itself lies safe in the gallery.
      if (!controller.signal.aborted) console.warn("finished code not loaded", error);
    });
    return () => controller.abort();
  }, [id]);
  return code?.id === id ? code : null;
}
