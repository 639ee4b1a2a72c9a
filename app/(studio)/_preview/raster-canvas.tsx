"use client";

import { useEffect, useRef } from "react";
import type { Raster } from "@/lib/qr/raster";

interface RasterCanvasProps {
  raster: Raster;
  /** What the picture shows, for people who don't see it; decoration when left out. */
  label?: string | undefined;
  className?: string | undefined;
}

/** A picture from memory on a canvas. */
export function RasterCanvas({ raster, label, className }: RasterCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { width, height, data } = raster;
    const pixels = new ImageData(new Uint8ClampedArray(data), width, height);
    ref.current?.getContext("2d")?.putImageData(pixels, 0, 0);
  }, [raster]);
  return (
    <canvas
      ref={ref}
      width={raster.width}
      height={raster.height}
      className={className}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    />
  );
}
