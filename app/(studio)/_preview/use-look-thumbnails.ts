"use client";

import { useEffect, useState } from "react";
import { LOOKS, type LookName } from "@/lib/qr/looks/look";
import type { PreviewRequest } from "@/lib/qr/preview";
import type { Raster } from "@/lib/qr/raster";
import type { PreviewAnswer } from "./preview-answer";
import { startPreviewWorker } from "./use-preview";

/** Short enough for a small code, whose modules can still be told apart on a card. */
const CARD_TEXT = "mosaiq";
const CARD_PX = 232;
/** The cards follow when the picture has settled. */
const SETTLE_MS = 500;

export type LookThumbnails = Partial<Record<LookName, Raster>>;

/** What each look makes of the picture at hand, small; filled one by one in a worker that ends when all are drawn. */
export function useLookThumbnails(
  picture: Raster | null,
  colours: PreviewRequest["colours"],
): LookThumbnails {
  const [thumbnails, setThumbnails] = useState<LookThumbnails>({});
  useEffect(() => {
    let worker: Worker | null = null;
    if (picture === null) return;
    const timer = setTimeout(() => {
      worker = startPreviewWorker();
      const waiting: LookName[] = [...LOOKS];
      const next = () => {
        const look = waiting[0];
        if (!look || !worker) return worker?.terminate();
        worker.postMessage(cardRequest(look, picture, colours));
      };
      worker.onmessage = ({ data }: MessageEvent<PreviewAnswer>) => {
        const look = waiting.shift();
        if (look && data.ok) setThumbnails((now) => ({ ...now, [look]: data.raster }));
        next();
      };
      next();
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      worker?.terminate();
    };
  }, [picture, colours]);
  return thumbnails;
}

const cardRequest = (
  look: LookName,
  picture: Raster,
  colours: PreviewRequest["colours"],
): PreviewRequest => ({
  text: CARD_TEXT,
  picture,
  look,
  version: "auto",
  ecc: "auto",
  seed: 1,
  colours,
  sizePx: CARD_PX,
});
