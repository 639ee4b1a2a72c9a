import { fromLatin1 } from "./latin1";
import { damagedPicture } from "./png-chunks";

// The UserComment of JPEG and WebP, where A1111 keeps its text in pictures that are no PNG.
// @source EXIF 2.32 (CIPA DC-008), TIFF 6.0

const EXIF_POINTER = 0x8769;
const USER_COMMENT = 0x9286;
/** "Exif" and two NULs, before the TIFF header. */
const EXIF_MARK = "Exif\0\0";

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  fromLatin1(bytes.subarray(at, at + length));

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function part(bytes: Uint8Array, at: number, length: number): Uint8Array {
  if (at + length > bytes.length) damagedPicture("its EXIF points outside the file");
  return bytes.subarray(at, at + length);
}

const isJpeg = (file: Uint8Array): boolean => file[0] === 0xff && file[1] === 0xd8;
const isWebp = (file: Uint8Array): boolean => textAt(file, 0, 4) === "RIFF" && textAt(file, 8, 4) === "WEBP";

/** The TIFF bytes within a JPEG's APP1 segment. */
function exifOfJpeg(file: Uint8Array): Uint8Array | null {
  for (let at = 2; at + 4 <= file.length; ) {
    const marker = file[at + 1]!;
    const length = viewOf(file).getUint16(at + 2);
    // From the start of the scan on there are pixels.
    if (file[at] !== 0xff || marker === 0xda || length < 2) return null;
    const segment = part(file, at + 4, length - 2);
    if (marker === 0xe1 && textAt(segment, 0, 6) === EXIF_MARK) return segment.subarray(6);
    at += 2 + length;
  }
  return null;
}

/** The TIFF bytes of a WebP's EXIF chunk. */
function exifOfWebp(file: Uint8Array): Uint8Array | null {
  for (let at = 12; at + 8 <= file.length; ) {
    const length = viewOf(file).getUint32(at + 4, true);
    if (textAt(file, at, 4) === "EXIF") {
      const data = part(file, at + 8, length);
      return textAt(data, 0, 6) === EXIF_MARK ? data.subarray(6) : data;
    }
    at += 8 + length + (length % 2);
  }
  return null;
}

/** The 12-byte entry of a tag in the directory at an offset. */
function entryOf(tiff: Uint8Array, directory: number, tag: number, little: boolean): DataView | null {
  const count = viewOf(part(tiff, directory, 2)).getUint16(0, little);
  const entries = viewOf(part(tiff, directory + 2, count * 12));
  for (let at = 0; at < entries.byteLength; at += 12)
    if (entries.getUint16(at, little) === tag)
      return new DataView(entries.buffer, entries.byteOffset + at, 12);
  return null;
}

/** UTF-16 is written in either order: settings are ASCII, so their zero bytes tell which. */
function fromUtf16(bytes: Uint8Array): string {
  let [even, odd] = [0, 0];
  bytes.forEach((byte, i) => {
    if (byte === 0 && i % 2 === 0) even += 1;
    else if (byte === 0) odd += 1;
  });
  return new TextDecoder(odd > even ? "utf-16le" : "utf-16be").decode(bytes);
}

function userCommentOf(tiff: Uint8Array): string | null {
  const order = textAt(tiff, 0, 2);
  if (order !== "II" && order !== "MM") damagedPicture("its EXIF has no byte order");
  const little = order === "II";
  const first = viewOf(part(tiff, 4, 4)).getUint32(0, little);
  const exif = entryOf(tiff, first, EXIF_POINTER, little);
  const comment = exif && entryOf(tiff, exif.getUint32(8, little), USER_COMMENT, little);
  if (comment === null) return null;
  const length = comment.getUint32(4, little);
  if (length < 8) return null;
  const value = part(tiff, comment.getUint32(8, little), length);
  const [code, text] = [textAt(value, 0, 8), value.subarray(8)];
  if (code === "UNICODE\0") return fromUtf16(text);
  return new TextDecoder().decode(text).replace(/\0+$/, "");
}

/**
 * The UserComment in a JPEG's or WebP's EXIF; null where there is none.
 * @throws EngineError parameters_damaged where lengths or offsets lead outside the file.
 */
export function readUserComment(file: Uint8Array): string | null {
  const tiff = isJpeg(file) ? exifOfJpeg(file) : isWebp(file) ? exifOfWebp(file) : null;
  return tiff === null ? null : userCommentOf(tiff);
}
