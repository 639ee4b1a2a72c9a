"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "@/app/_ui/api/api-client";
import { arrive } from "@/app/_ui/api/arrive";
import { uploadPicture } from "@/app/_ui/api/upload-picture";

export type Upload =
  | { state: "idle" }
  | { state: "sending"; localUrl: string; name: string; progress: number }
  | { state: "failed"; code: string; message: string };

/**
 * Sends a picture and shows it meanwhile: the browser's own copy is there at once, long before the server has it.
 * @param onDone called with the picture's id and the address of the local copy.
 */
export function useUpload(onDone: (id: string, localUrl: string) => void) {
  const [upload, setUpload] = useState<Upload>({ state: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback(
    async (file: File) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const localUrl = URL.createObjectURL(file);
      setUpload({ state: "sending", localUrl, name: file.name, progress: 0 });
      try {
        const report = (progress: number) =>
          setUpload({ state: "sending", localUrl, name: file.name, progress });
        await arrive();
        controller.signal.throwIfAborted();
        const picture = await uploadPicture(file, report, controller.signal);
        onDone(picture.id, localUrl);
        setUpload({ state: "idle" });
      } catch (error) {
        URL.revokeObjectURL(localUrl);
        if (controller.signal.aborted) return;
        const { code, message } = error instanceof ApiError ? error : { code: "internal", message: "" };
        setUpload({ state: "failed", code, message });
      }
    },
    [onDone],
  );
  const dismiss = useCallback(() => setUpload({ state: "idle" }), []);
  return { upload, start, dismiss };
}
