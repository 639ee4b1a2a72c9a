import type { Sharp } from "sharp";
import { decodePicture } from "./decode-picture";

/** Eight bits a channel, rows from the top, red first. */
export interface RgbPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/**
 * A picture's pixels in sRGB, oriented, on paper where it is transparent.
 * @param resize makes it smaller or larger on the way.
 * @throws AppError picture_unreadable
 */
export async function decodeRgb(
  bytes: Buffer,
  {
    paper = "#ffffff",
    resize = (decoded) => decoded,
  }: { paper?: string; resize?: (decoded: Sharp) => Sharp | Promise<Sharp> } = {},
): Promise<RgbPixels> {
  const { data, info } = await decodePicture(bytes, async (decoded) =>
    (await resize(decoded))
      .flatten({ background: paper })
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true }),
  );
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}
