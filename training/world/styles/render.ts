import sharp from "sharp";
import { type Drawing, toSvg } from "../canvas";
import { DUOTONES, type Duotone, type Style } from "../vocabulary";
import {
  drawDark,
  drawDuotone,
  drawLineArt,
  drawOutline,
  drawPastel,
  drawPixelArt,
  drawWatercolour,
  grainPaper,
  type Pixels,
} from "./raster";

const PIXEL_FACTOR = 4;
const SHADOW =
  '<filter id="cut" x="-10%" y="-10%" width="120%" height="125%"><feDropShadow dx="0.5" dy="3" stdDeviation="2.6" flood-color="#1d1030" flood-opacity=".42"/></filter>';

async function rasterise(drawing: Drawing, size: number): Promise<Pixels> {
  const { data, info } = await sharp(Buffer.from(toSvg(drawing, size)), { limitInputPixels: false })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3 || info.width !== size || info.height !== size) {
    throw new Error(
      `rasterised to ${info.width} × ${info.height} × ${info.channels}, expected ${size} × ${size} × 3`,
    );
  }
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), size };
}

/** Paper-cut: every layer is a sheet that throws its shadow on the one behind; the lowest throws none. */
const cutPaper = ({ layers, defs }: Drawing): Drawing => ({
  defs: defs + SHADOW,
  layers: layers.map((layer, i) => (i === 0 ? layer : `<g filter="url(#cut)">${layer}</g>`)),
});

/**
 * @param size side in pixels, a multiple of 4
 * @returns uint8 RGB [size, size, 3]; the same for the same drawing and style
 */
export async function render(
  drawing: Drawing,
  style: Style,
  size: number,
  shift: number,
  duotone?: Duotone,
): Promise<Uint8Array> {
  if (style === "pixel")
    return drawPixelArt(await rasterise(drawing, size / PIXEL_FACTOR), PIXEL_FACTOR).data;
  const pixels = await rasterise(style === "paper-cut" ? cutPaper(drawing) : drawing, size);
  switch (style) {
    case "flat":
      break;
    case "outline":
      drawOutline(pixels);
      break;
    case "line art":
      drawLineArt(pixels);
      break;
    case "paper-cut":
      grainPaper(pixels, 16);
      break;
    case "watercolour":
      drawWatercolour(pixels, shift);
      break;
    case "duotone":
      drawDuotone(pixels, DUOTONES[duotone!].ink, DUOTONES[duotone!].paper);
      break;
    case "monochrome":
      drawDuotone(pixels, "#1c1c1e", "#fafafa");
      break;
    case "pastel":
      drawPastel(pixels);
      break;
    case "dark":
      drawDark(pixels);
      break;
  }
  return pixels.data;
}
