"use client";

import { useMemo } from "react";
import { squareCrop } from "@/lib/qr/picture/square-crop";
import type { Raster } from "@/lib/qr/raster";
import { gridOf } from "@/lib/qr/weave/grid";
import { type Difference, difference } from "./difference";

export interface Comparison extends Difference {
  /** The picture as it was before the code went in, on the finished canvas. */
  readonly before: Raster;
}

/** Enough to see every module, little enough to compute at once. */
const LARGEST_PX = 1024;

/**
 * The fitted picture beside the finished code, and what changed between them.
 * @returns null until both pictures are there.
 */
export function useComparison(
  source: HTMLImageElement | null,
  result: HTMLImageElement | null,
  version: number | undefined,
  focus: { x: number; y: number },
): Comparison | null {
  return useMemo(() => {
    if (!source || !result || version === undefined) return null;
    const canvasPx = result.naturalWidth;
    const { originPx, codePx } = gridOf(version, canvasPx);
    const scale = Math.min(1, LARGEST_PX / canvasPx);
    const sidePx = Math.round(canvasPx * scale);
    const context = square(sidePx);
    context.drawImage(result, 0, 0, sidePx, sidePx);
    const after = context.getImageData(0, 0, sidePx, sidePx);
    // The margin belongs to the code; only what lies inside was a picture.
    const { x, y, side } = squareCrop(source.naturalWidth, source.naturalHeight, focus);
    const [at, width] = [originPx * scale, codePx * scale];
    context.drawImage(source, x, y, side, side, at, at, width, width);
    const before = context.getImageData(0, 0, sidePx, sidePx);
    return { before, ...difference(before, after) };
  }, [source, result, version, focus]);
}

function square(sidePx: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = sidePx;
  canvas.height = sidePx;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no 2d canvas");
  context.imageSmoothingQuality = "high";
  return context;
}
