import { squareCrop } from "@/lib/qr/picture/square-crop";
import type { Raster } from "@/lib/qr/raster";

/** The square of a picture around `focus` as pixels, `sidePx` a side, on white where the picture is see-through. */
export function readSquare(image: HTMLImageElement, focus: { x: number; y: number }, sidePx: number): Raster {
  const canvas = document.createElement("canvas");
  canvas.width = sidePx;
  canvas.height = sidePx;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no 2d canvas");
  const { x, y, side } = squareCrop(image.naturalWidth, image.naturalHeight, focus);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, sidePx, sidePx);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, x, y, side, side, 0, 0, sidePx, sidePx);
  const { data } = context.getImageData(0, 0, sidePx, sidePx);
  return { width: sidePx, height: sidePx, data };
}
