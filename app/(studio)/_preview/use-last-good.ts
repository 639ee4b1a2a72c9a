"use client";

import { useEffect, useState } from "react";
import type { Raster } from "@/lib/qr/raster";
import type { PreviewAnswer } from "./preview-answer";

/** The newest preview that could be drawn. */
export function useLastGood(answer: PreviewAnswer | null): Raster | null {
  const [raster, setRaster] = useState<Raster | null>(null);
  useEffect(() => {
    if (answer?.ok) setRaster(answer.raster);
  }, [answer]);
  return raster;
}
