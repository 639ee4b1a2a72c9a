import sharp, { type Metadata } from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { AppError } from "../errors";
import { decodePicture } from "./decode-picture";
import { fingerprintOf } from "./fingerprint";
import { MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS } from "./picture-limits";
import { type ReadExif, readExif } from "./read-exif";
import { type PictureMime, sniffPicture } from "./sniff-picture";

/** What a file turns out to hold. */
export interface InspectedPicture extends ReadExif {
  mime: PictureMime;
  /** Pixels after orientation is applied. */
  width: number;
  height: number;
  /** A blurred likeness in some 25 bytes, base64. */
  thumbhash: string;
  /** See fingerprintOf. */
  fingerprint: string;
}

/** What libvips calls the kinds that we take. */
const FORMATS: Record<PictureMime, readonly string[]> = {
  "image/jpeg": ["jpeg"],
  "image/png": ["png"],
  "image/webp": ["webp"],
  "image/avif": ["heif", "avif"],
  "image/heic": ["heif"],
  "image/gif": ["gif"],
};

/**
 * Looks at a file as far as it must to know that it is a whole picture of bearable size: first bytes, then the
 * header, and only then every pixel; of an animation those of the first frame.
 * @throws AppError picture_too_large, picture_too_many_pixels, picture_unreadable, and those of `sniffPicture`.
 */
export async function inspectPicture(bytes: Buffer): Promise<InspectedPicture> {
  if (bytes.length > MAX_PICTURE_BYTES)
    throw new AppError("picture_too_large", { details: { limit: MAX_PICTURE_BYTES / 1024 / 1024 } });
  const mime = sniffPicture(bytes);
  const header = await readHeader(bytes, mime);
  const { width, height } = header.autoOrient;
  return { mime, width, height, ...(await look(bytes)), ...readExif(header.exif) };
}

async function readHeader(bytes: Buffer, mime: PictureMime): Promise<Metadata> {
  // The header alone is read here, so the limit is ours to check, with the true number in the message.
  const header = await sharp(bytes, { failOn: "error", limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new AppError("picture_unreadable", { cause });
    });
  if (!FORMATS[mime].includes(header.format)) throw new AppError("picture_unreadable");
  if (header.width * header.height > MAX_PICTURE_PIXELS) {
    const megapixels = Math.ceil((header.width * header.height) / 1_000_000);
    throw new AppError("picture_too_many_pixels", {
      details: { megapixels, limit: MAX_PICTURE_PIXELS / 1_000_000 },
    });
  }
  return header;
}

/** Decodes every pixel, so that a file that is cut off is found out here and not later. */
async function look(bytes: Buffer): Promise<Pick<InspectedPicture, "thumbhash" | "fingerprint">> {
  const { data, info } = await decodePicture(bytes, (picture) =>
    picture
      .resize(100, 100, { fit: "inside" })
      .toColourspace("srgb")
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true }),
  );
  const { width, height } = info;
  return {
    thumbhash: Buffer.from(rgbaToThumbHash(width, height, data)).toString("base64"),
    fingerprint: fingerprintOf({ data, width, height }),
  };
}
