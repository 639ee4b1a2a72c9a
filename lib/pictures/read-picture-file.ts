import type { Picture } from "../db/client";
import { storage } from "../storage/open-storage";
import { derivePicture, type Rendition } from "./derive-picture";
import { fileNameFromTitle } from "./picture-title";
import type { PictureWidth } from "./picture-widths";
import { requirePicture } from "./require-picture";
import { EXTENSION, type PictureMime } from "./sniff-picture";
import { stripPicture, strippedMime } from "./strip-picture";

/** Bytes to serve, and how. */
export interface PictureFile {
  mime: string;
  /** Names these bytes and no others, for caches. */
  etag: string;
  /** A name for the disk of whoever saves it. */
  fileName: string;
  /** Reads the bytes; not called when the asker has them already. */
  read: () => Promise<Buffer>;
}

/**
 * One of the owner's pictures for showing: a WebP of the width, or as large as screens need (`"full"`). Codes
 * in full size are their own file, to the last pixel. None carries metadata.
 * @throws AppError not_found; file_missing from `read`.
 */
export async function readPictureFile(
  ownerId: string,
  id: string,
  size: PictureWidth | "full",
): Promise<PictureFile> {
  const row = await requirePicture(ownerId, id);
  // Our own encoder wrote a code's file: there is nothing in it but the picture.
  if (size === "full" && row.kind === "code") return originalFile(row);
  const rendition: Rendition = size === "full" ? "full" : `w${size}`;
  return {
    mime: "image/webp",
    etag: `"${row.blob}-${rendition}"`,
    fileName: fileNameFromTitle(row.title, "webp"),
    read: () => derivePicture(row.blob, rendition),
  };
}

/**
 * The original as it came, metadata and all, for its owner alone.
 * @throws AppError not_found; file_missing from `read`.
 */
export async function readOriginal(ownerId: string, id: string): Promise<PictureFile> {
  return originalFile(await requirePicture(ownerId, id));
}

/**
 * The original in its own size and format without its metadata, for others than its owner.
 * @throws AppError not_found; file_missing from `read`.
 */
export async function readStripped(ownerId: string, id: string): Promise<PictureFile> {
  const row = await requirePicture(ownerId, id);
  if (row.kind === "code") return originalFile(row);
  const mime = strippedMime(row.mime as PictureMime);
  return {
    ...{ mime, etag: `"${row.blob}-stripped"` },
    fileName: fileNameFromTitle(row.title, EXTENSION[mime]),
    read: () => stripPicture(row.blob, row.mime as PictureMime),
  };
}

function originalFile({ blob, mime, title }: Picture): PictureFile {
  const extension = EXTENSION[mime as PictureMime] ?? "bin";
  return {
    mime,
    etag: `"${blob}"`,
    fileName: fileNameFromTitle(title, extension),
    read: () => storage().read(blob),
  };
}
