import sharp from "sharp";
import type { Picture } from "@/lib/engine/picture";
import { encodePng } from "./encode-png";
import { openLabelFont } from "./label-font";
import type { Axes } from "./x-y-axes";
import { layOutSheet } from "./x-y-sheet";

/** A cell's drawing; all of a sheet have one size. */
export interface SheetPicture {
  readonly column: number;
  readonly row: number;
  readonly picture: Picture;
}

/** A labelled grid of drawings, as a PNG. */
export async function drawSheet(axes: Axes, cells: readonly SheetPicture[]): Promise<Buffer> {
  const { width, height, cornerOf, svg } = layOutSheet(await openLabelFont(), axes, cells[0]!.picture);
  const paper = await sharp(Buffer.from(svg), { limitInputPixels: false }).removeAlpha().raw().toBuffer();
  for (const { column, row, picture } of cells) {
    const { left, top } = cornerOf(column, row);
    const bytes = picture.width * 3;
    for (let y = 0; y < picture.height; y++)
      paper.set(picture.data.subarray(y * bytes, (y + 1) * bytes), ((top + y) * width + left) * 3);
  }
  return encodePng({ width, height, data: paper });
}
