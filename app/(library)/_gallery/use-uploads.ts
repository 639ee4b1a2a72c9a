"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "@/app/_ui/api/api-client";
import { uploadPicture } from "@/app/_ui/api/upload-picture";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { MAX_PICTURE_BYTES } from "@/lib/pictures/picture-limits";
import { useSay } from "./use-say";

/** What is being sent: the file in flight and how far it and those behind it are. */
export interface UploadProgress {
  name: string;
  /** 0 to 1, over all files of this round. */
  part: number;
}

/**
 * Sends files one after the other: the first of a first visit makes the guest whom all of them belong to.
 * @param onAdded called for each picture that arrived.
 */
export function useUploads(onAdded: (picture: PictureView) => void) {
  const t = useTranslations("gallery.upload");
  const say = useSay();
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const queue = useRef<File[]>([]);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const send = useCallback(
    async (file: File, report: (part: number) => void, signal: AbortSignal): Promise<boolean> => {
      try {
        if (file.size > MAX_PICTURE_BYTES)
          throw new ApiError(
            "picture_too_large",
            t("tooLarge", { limit: MAX_PICTURE_BYTES / 1024 / 1024 }),
            false,
          );
        onAdded(await uploadPicture(file, report, signal));
        return true;
      } catch (error) {
        if (!signal.aborted)
          say.failed(naming(error, (message) => t("failed", { name: file.name, message })));
        return false;
      }
    },
    [onAdded, say.failed, t],
  );

  const add = useCallback(
    async (files: readonly File[]) => {
      queue.current.push(...files);
      if (running.current) return;
      running.current = new AbortController();
      const { signal } = running.current;
      let sent = 0;
      let added = 0;
      for (let file = queue.current.shift(); file && !signal.aborted; file = queue.current.shift()) {
        const { name } = file;
        const report = (part: number) =>
          setProgress({ name, part: (sent + part) / (sent + 1 + queue.current.length) });
        report(0);
        if (await send(file, report, signal)) added++;
        sent++;
      }
      queue.current = [];
      running.current = null;
      setProgress(null);
      if (added > 0) say.done(t("added", { count: added }));
    },
    [send, say.done, t],
  );
  const cancel = useCallback(() => running.current?.abort(), []);
  return { progress, add, cancel };
}

/** An error whose message says which file it is about. */
function naming(error: unknown, name: (message: string) => string): unknown {
  return error instanceof ApiError && error.message
    ? new ApiError(error.code, name(error.message), error.retryable)
    : error;
}
