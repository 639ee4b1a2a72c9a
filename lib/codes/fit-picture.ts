import { AppError } from "@/lib/errors";
import { decodePicture } from "@/lib/pictures/decode-picture";
import { inspectPicture } from "@/lib/pictures/inspect-picture";
import { squareCrop } from "@/lib/qr/picture/square-crop";
import type { Raster } from "@/lib/qr/raster";

/** Below this a picture is a stain, whatever one does with it. */
const LEAST_SIDE_PX = 64;

/**
 * A picture file as the square that a code is made from: oriented, cropped around the focus, sRGB, on white where it
 * is transparent.
 * @throws AppError picture_too_small · those of `inspectPicture` and `decodePicture`.
 */
export async function fitPicture(
  bytes: Buffer,
  focus: { x: number; y: number },
  sidePx: number,
): Promise<Raster> {
  const { width, height } = await inspectPicture(bytes);
  if (Math.min(width, height) < LEAST_SIDE_PX)
    throw new AppError("picture_too_small", { details: { min: LEAST_SIDE_PX } });
  const { x, y, side } = squareCrop(width, height, focus);
  const { data, info } = await decodePicture(bytes, (picture) =>
    picture
      .extract({ left: x, top: y, width: side, height: side })
      .resize(sidePx, sidePx)
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true }),
  );
  return {
    width: info.width,
    height: info.height,
    data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
  };
}
