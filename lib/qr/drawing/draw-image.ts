import type { Raster } from "../raster";
import type { Canvas } from "./canvas";
import type { Box, Colour } from "./drawing";
import { fillRound } from "./fill-round";

/** Paints a picture into a box in pixels, its corners rounded: area means where it shrinks, bilinear where it grows. */
export function drawImage(canvas: Canvas, raster: Raster, box: Box, radiusPx: number): void {
  const sampler = {
    raster,
    box,
    step: raster.width / (box.x1 - box.x0),
    stepY: raster.height / (box.y1 - box.y0),
  };
  fillRound(canvas, box, radiusPx, (px, py) => sample(sampler, px, py));
}

interface Sampler {
  readonly raster: Raster;
  readonly box: Box;
  readonly step: number;
  readonly stepY: number;
}

/** The mean of the picture under a tent of at least one source pixel around the painted pixel's centre. */
function sample({ raster, box, step, stepY }: Sampler, px: number, py: number): Colour {
  const { width, height, data } = raster;
  const cx = (px + 0.5 - box.x0) * step - 0.5;
  const cy = (py + 0.5 - box.y0) * stepY - 0.5;
  const rx = Math.max(1, step);
  const ry = Math.max(1, stepY);
  let red = 0;
  let green = 0;
  let blue = 0;
  let total = 0;
  for (let y = Math.ceil(cy - ry); y <= cy + ry; y++) {
    const wy = 1 - Math.abs(y - cy) / ry;
    const start = Math.min(Math.max(y, 0), height - 1) * width;
    for (let x = Math.ceil(cx - rx); x <= cx + rx; x++) {
      const weight = wy * (1 - Math.abs(x - cx) / rx);
      const p = (start + Math.min(Math.max(x, 0), width - 1)) * 4;
      red += weight * data[p]!;
      green += weight * data[p + 1]!;
      blue += weight * data[p + 2]!;
      total += weight;
    }
  }
  return [red / total, green / total, blue / total];
}
