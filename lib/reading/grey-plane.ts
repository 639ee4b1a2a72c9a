import { decodePicture } from "../pictures/decode-picture";

/** Luminance, eight bits a pixel, rows from the top. */
export interface GreyPlane {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Pixels of the longer side that pictures are read at: a page's print is legible, and no photograph takes minutes. */
const SIDE = 1600;

/**
 * A picture as large as it is read, oriented, on white where it is transparent. Smaller ones stay as they are.
 * @throws AppError picture_unreadable
 */
export async function greyPlane(bytes: Buffer): Promise<GreyPlane> {
  const { data, info } = await decodePicture(bytes, async (decoded) =>
    decoded
      .resize(SIDE, SIDE, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .toColourspace("b-w")
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true }),
  );
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}
