"use client";

import { useEffect, useRef, useState } from "react";
import type { PreviewRequest } from "@/lib/qr/preview";
import { LatestWins } from "./latest-wins";
import type { PreviewAnswer } from "./preview-answer";

export const startPreviewWorker = (): Worker =>
  new Worker(new URL("./preview.worker.ts", import.meta.url), { type: "module" });

/**
 * The preview for a request, drawn in a worker; the last answer stays while the next is on its way.
 * @param request null while there is nothing to draw.
 */
export function usePreview(request: PreviewRequest | null): PreviewAnswer | null {
  const [answer, setAnswer] = useState<PreviewAnswer | null>(null);
  const queue = useRef<LatestWins<PreviewRequest> | null>(null);

  useEffect(() => {
    const worker = startPreviewWorker();
    const own = new LatestWins<PreviewRequest>((question) => worker.postMessage(question));
    worker.onmessage = ({ data }: MessageEvent<PreviewAnswer>) => {
      own.answered();
      setAnswer(data);
    };
    queue.current = own;
    return () => {
      worker.terminate();
      queue.current = null;
    };
  }, []);

  useEffect(() => {
    if (request) queue.current?.ask(request);
  }, [request]);

  return answer;
}
