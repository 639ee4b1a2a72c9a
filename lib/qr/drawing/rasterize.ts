import { QrError } from "../qr-error";
import type { Raster } from "../raster";
import type { Grid } from "../weave/grid";
import { type Canvas, newCanvas } from "./canvas";
import { drawImage } from "./draw-image";
import { type Box, boxOf, type Drawing, type Shape } from "./drawing";
import { fillPath, type Placing } from "./fill-path";
import { fillRound } from "./fill-round";

/**
 * Paints a drawing, anti-aliased by area, modules on whole pixels: what lies on a module's edge is crisp.
 * Deterministic, arithmetic and square roots only.
 * @param grid the symbol in the drawing's middle is laid on its modules; pixels left over are background.
 * @returns `grid.canvasPx` a side, opaque.
 * @throws QrError option_invalid where drawing and grid are of different versions.
 */
export function rasterize(drawing: Drawing, grid: Grid): Raster {
  const margin = (drawing.sideModules - grid.modules) / 2;
  if (margin < 0 || !Number.isInteger(margin))
    throw new QrError(
      "option_invalid",
      `a drawing of ${drawing.sideModules} modules on a grid of ${grid.modules}`,
    );
  const canvas = newCanvas(grid.canvasPx, drawing.background);
  const place = { scale: grid.modulePx, offset: grid.originPx - margin * grid.modulePx };
  for (const shape of drawing.shapes) paint(canvas, shape, place);
  return { width: grid.canvasPx, height: grid.canvasPx, data: canvas.data };
}

function paint(canvas: Canvas, shape: Shape, place: Placing): void {
  const box = placed(boxOf(shape), place);
  if (shape.kind === "path") fillPath(canvas, shape.steps, box, place, shape.fill);
  else if (shape.kind === "image") drawImage(canvas, shape.raster, box, shape.radius * place.scale);
  else fillRound(canvas, box, shape.radius * place.scale, shape.fill);
}

const placed = ({ x0, y0, x1, y1 }: Box, { scale, offset }: Placing): Box => ({
  x0: x0 * scale + offset,
  y0: y0 * scale + offset,
  x1: x1 * scale + offset,
  y1: y1 * scale + offset,
});
