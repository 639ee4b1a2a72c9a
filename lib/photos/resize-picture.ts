import sharp, { type Sharp } from "sharp";
import { type Picture, picture } from "../engine/picture";
import type { Matte } from "./matte";
import type { Square } from "./photo-crop";

const open = ({ width, height, data }: Picture) => sharp(data, { raw: { width, height, channels: 3 } });

async function read(made: Sharp): Promise<Picture> {
  const { data, info } = await made.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return picture(info.width, info.height, new Uint8ClampedArray(data));
}

/** To a size, whatever the shape was. */
export const resizePicture = (source: Picture, width: number, height: number): Promise<Picture> =>
  source.width === width && source.height === height
    ? Promise.resolve(source)
    : read(open(source).resize(width, height, { fit: "fill", kernel: "lanczos3" }));

/** A part of it, in its own size. @param part in pixels, wholly inside. */
export const cutPart = (
  source: Picture,
  part: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): Promise<Picture> => read(open(source).extract(part));

/** A square of it, in another size. */
export const cutSquare = (source: Picture, { left, top, side }: Square, sidePx: number): Promise<Picture> =>
  read(open(source).extract({ left, top, width: side, height: side }).resize(sidePx, sidePx));

/** @param sigma in pixels. */
export const blurPicture = (source: Picture, sigma: number): Promise<Picture> =>
  read(open(source).blur({ sigma: Math.max(0.3, sigma) }));

/** A matte that reaches further, with a soft edge. @param sigma in pixels: by so much and twice as soft. */
export async function spreadMatte({ width, height, data }: Matte, sigma: number): Promise<Matte> {
  const blurred = await sharp(data, { raw: { width, height, channels: 1 } })
    .blur({ sigma: Math.max(0.5, sigma) })
    .extractChannel(0)
    .raw()
    .toBuffer();
  return { width, height, data: Uint8ClampedArray.from(blurred, (value) => value * 4) };
}

/** A soft matte in another size, as soft as it was. */
export async function stretchMatte(
  { width, height, data }: Matte,
  toWidth: number,
  toHeight: number,
): Promise<Matte> {
  const stretched = await sharp(data, { raw: { width, height, channels: 1 } })
    .resize(toWidth, toHeight, { fit: "fill", kernel: "cubic" })
    .extractChannel(0)
    .raw()
    .toBuffer();
  return { width: toWidth, height: toHeight, data: new Uint8ClampedArray(stretched) };
}

/** Pixels of the window: what is smaller than half of it is gone. */
const WINDOW = 9;

/** Plain areas in place of grain, for models that know drawings alone. */
export const flattenPicture = (source: Picture): Promise<Picture> => read(open(source).median(WINDOW));
