import type { Picture } from "../engine/picture";
import { AppError } from "../errors";
import { decodeRgb } from "../pictures/decode-rgb";
import { inspectPicture } from "../pictures/inspect-picture";

/**
 * A painted mask, stretched over the picture that it belongs to: white is drawn anew, black and what is transparent kept.
 * @param base64 a PNG. @throws AppError input_invalid for what is none, those of `inspectPicture`
 */
export async function readMask(base64: string, over: Picture): Promise<Picture> {
  const bytes = Buffer.from(base64, "base64");
  const { mime } = await inspectPicture(bytes);
  if (mime !== "image/png") throw new AppError("input_invalid", { details: { field: "mask" } });
  return decodeRgb(bytes, {
    paper: "#000000",
    resize: (decoded) => decoded.resize(over.width, over.height, { fit: "fill" }),
  });
}
