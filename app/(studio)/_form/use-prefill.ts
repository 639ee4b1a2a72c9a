"use client";

import { useEffect } from "react";
import { ApiError } from "@/app/_ui/api/api-client";
import { fetchPicture } from "../_picture/picture-api";
import { type Options, optionsFrom } from "./studio-form";
import type { StudioFormState } from "./use-studio-form";

/** What the address asks to start from: `?picture=<id>` to use a picture, `?like=<id>` to repeat a code. */
export interface Start {
  readonly pictureId: string | null;
  readonly likeId: string | null;
}

/**
 * Fills the form from the address once, after what the browser kept was restored.
 * @param onProblem called with a message when the picture asked for can't be had.
 */
export function usePrefill(
  start: Start,
  studio: StudioFormState,
  onProblem: (message: string) => void,
): void {
  const { restored, setOptions, setKind, setField, form } = studio;
  const base = form.options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with the form as it was restored
  useEffect(() => {
    if (!restored || (!start.pictureId && !start.likeId)) return;
    const controller = new AbortController();
    const fill = async () => {
      if (start.pictureId) setOptions({ picture: { from: "gallery", id: start.pictureId } });
      if (!start.likeId) return;
      const { settings } = await fetchPicture(start.likeId, controller.signal);
      const options: Options = optionsFrom(settings, base);
      setOptions({ ...options, seed: (options.seed + 1) >>> 0 });
      const text = (settings as { text?: unknown } | null)?.text;
      if (typeof text === "string") {
        setKind("text");
        setField("text", { text });
      }
    };
    fill()
      .catch((error: unknown) => {
        if (!controller.signal.aborted) onProblem(error instanceof ApiError ? error.message : "");
      })
      // The address has done its work: a reload must not overwrite what is typed from here on.
      .finally(() => controller.signal.aborted || window.history.replaceState(null, "", "/"));
    return () => controller.abort();
  }, [restored]);
}
