import type { Sharp } from "sharp";
import { storage } from "../storage/open-storage";
import { decodePicture } from "./decode-picture";
import { EXTENSION, type PictureMime } from "./sniff-picture";

/** Part of the stored name: raised when the making changes, so that old ones are made anew. */
const RECIPE = "v2";

/** What others get of an original: the same format again; of HEIC, which we only read, JPEG. */
export const strippedMime = (mime: PictureMime): StrippedMime =>
  mime === "image/heic" ? "image/jpeg" : mime;
type StrippedMime = Exclude<PictureMime, "image/heic">;

/** As near to the original as its kind allows. */
const ENCODE: Record<StrippedMime, (picture: Sharp) => Sharp> = {
  "image/jpeg": (picture) => picture.jpeg({ quality: 95, chromaSubsampling: "4:4:4" }),
  "image/png": (picture) => picture.png(),
  "image/webp": (picture) => picture.webp({ quality: 95 }),
  "image/avif": (picture) => picture.avif({ quality: 85 }),
  "image/gif": (picture) => picture.gif(),
};

/**
 * An original in its own size, in the format of `strippedMime`, without what it says about camera, place and time: oriented, in sRGB,
 * encoded anew, so that nothing is left that we don't know of.
 * @throws AppError file_missing, picture_unreadable
 */
export async function stripPicture(blob: string, mime: PictureMime): Promise<Buffer> {
  const kind = strippedMime(mime);
  const key = `${blob}/stripped-${RECIPE}.${EXTENSION[kind]}`;
  const stored = await storage().readDerived(key);
  if (stored) return stored;
  const bytes = await decodePicture(await storage().read(blob), (picture) =>
    ENCODE[kind](picture).toBuffer(),
  );
  await storage().putDerived(key, bytes);
  return bytes;
}
