import sharp from "sharp";
import { resize } from "@/lib/qr/picture/resize";
import type { Raster } from "@/lib/qr/raster";
import { gridOf } from "@/lib/qr/weave/grid";
import { lumaAt } from "@/lib/qr/weave/luma";

/** Grey levels below which a change is the noise of scaling, and from which it is shown at full strength. */
const NOISE = 10;
const FULL = 110;
/** What is left of the picture's contrast under the colours of change. */
const PALE = 0.35;

/**
 * The picture in pale grey where it stands in its code, with what was changed lit up on it: amber a little, red much.
 * @param code    a finished code of the picture, quiet zone included.
 * @param version of the code: says where the symbol stands.
 * @returns a PNG of the code's size.
 */
export async function drawChangeMap(picture: Raster, code: Raster, version: number): Promise<Buffer> {
  const { canvasPx, originPx, codePx } = gridOf(version, code.width);
  const wanted = resize(picture, codePx, codePx).data;
  const pixels = Buffer.alloc(canvasPx * canvasPx * 3, 250);
  for (let y = 0; y < codePx; y++)
    for (let x = 0; x < codePx; x++) {
      const at = (y + originPx) * canvasPx + x + originPx;
      const before = lumaAt(wanted, (y * codePx + x) * 4);
      const change = Math.abs(lumaAt(code.data, at * 4) - before);
      const pale = 250 - (255 - before) * PALE;
      pixels.set(change <= NOISE ? [pale, pale, pale] : heat((change - NOISE) / (FULL - NOISE)), at * 3);
    }
  return sharp(pixels, { raw: { width: canvasPx, height: canvasPx, channels: 3 } })
    .png()
    .toBuffer();
}

/** From amber through clay to deep red. */
function heat(strength: number): [number, number, number] {
  const s = Math.min(strength, 1);
  return [255 - 60 * s, 190 - 170 * s, 60 - 30 * s];
}
