import { AppError } from "../errors";

/** The kinds of files that become pictures. */
export type PictureMime =
  | "image/jpeg"
  | "image/png"
  | "image/webp"
  | "image/avif"
  | "image/heic"
  | "image/gif";

/** File name endings, by kind. */
export const EXTENSION: Record<PictureMime, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/heic": "heic",
  "image/gif": "gif",
};

/**
 * What kind of picture these bytes are, by their own first bytes: names and declared types are not believed.
 * Nothing is decoded. An animation is a picture like any other: its first frame.
 * @throws AppError picture_svg, picture_type_unsupported
 */
export function sniffPicture(bytes: Buffer): PictureMime {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "image/jpeg";
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "image/png";
  const head = bytes.toString("latin1", 0, 16);
  if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) return "image/gif";
  if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) return "image/webp";
  if (head.startsWith("ftyp", 4)) return sniffIsoMedia(bytes);
  if (looksLikeSvg(bytes)) throw new AppError("picture_svg");
  throw new AppError("picture_type_unsupported");
}

/** Whether these bytes are a photo that takes a decoder of its own. */
export function isHeic(bytes: Buffer): boolean {
  const brands = bytes.toString("latin1", 4, 8) === "ftyp" ? brandsOf(bytes) : [];
  return kindOf(brands) === "image/heic";
}

function startsWith(bytes: Buffer, magic: number[]): boolean {
  return magic.every((value, index) => bytes[index] === value);
}

/** HEIC's brands: stills and sequences, HEVC inside. */
const HEIC_BRANDS = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"]);

/** AVIF and HEIC share a container; the brands that its first box lists tell them apart. */
function sniffIsoMedia(bytes: Buffer): PictureMime {
  const kind = kindOf(brandsOf(bytes));
  if (!kind) throw new AppError("picture_type_unsupported");
  return kind;
}

function kindOf(brands: readonly string[]): PictureMime | null {
  if (brands.includes("avif") || brands.includes("avis")) return "image/avif";
  if (brands.some((brand) => HEIC_BRANDS.has(brand)) || brands[0] === "mif1" || brands[0] === "msf1")
    return "image/heic";
  return null;
}

function brandsOf(bytes: Buffer): string[] {
  const end = Math.min(bytes.readUInt32BE(0), bytes.length, 512);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) brands.push(bytes.toString("latin1", at, at + 4));
  return brands;
}

/** An `<svg` element within the first kilobyte of something that reads as text, in whatever encoding. */
function looksLikeSvg(bytes: Buffer): boolean {
  const head = bytes.toString("latin1", 0, 1024).replaceAll("\0", "");
  return /<svg[\s>:]/i.test(head) || /<!DOCTYPE\s+svg/i.test(head);
}
