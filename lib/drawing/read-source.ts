import type { Picture } from "../engine/picture";
import { decodeRgb } from "../pictures/decode-rgb";
import { pictureSource } from "../pictures/picture-source";

/** No model draws larger, and a phone's picture has ten times as many pixels. */
const MOST_SIDE_PX = 1536;
/** What is kept of a picture is kept as it is; beyond this it takes more memory than a drawing. */
export const MOST_KEPT_SIDE_PX = 4096;

/**
 * One of the owner's pictures to draw from: oriented, sRGB, on white, within 1,536 pixels or as many as are said.
 * @throws AppError not_found · file_missing · picture_unreadable
 */
export async function readSource(ownerId: string, id: string, mostSidePx = MOST_SIDE_PX): Promise<Picture> {
  const { bytes } = await pictureSource(ownerId, id);
  return decodeRgb(bytes, {
    resize: (decoded) => decoded.resize(mostSidePx, mostSidePx, { fit: "inside", withoutEnlargement: true }),
  });
}
