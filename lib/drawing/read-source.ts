import type { Picture } from "../engine/picture";
import { decodeRgb } from "../pictures/decode-rgb";
import { pictureSource } from "../pictures/picture-source";

/** No model draws larger, and a phone's picture has ten times as many pixels. */
const MOST_SIDE_PX = 1536;

/**
 * One of the owner's pictures to draw from: oriented, sRGB, on white, within 1,536 pixels.
 * @throws AppError not_found · file_missing · picture_unreadable
 */
export async function readSource(ownerId: string, id: string): Promise<Picture> {
  const { bytes } = await pictureSource(ownerId, id);
  return decodeRgb(bytes, {
    resize: (decoded) =>
      decoded.resize(MOST_SIDE_PX, MOST_SIDE_PX, { fit: "inside", withoutEnlargement: true }),
  });
}
