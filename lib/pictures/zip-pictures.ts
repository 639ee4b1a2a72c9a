import { makeZip, predictLength } from "client-zip";
import type { Picture } from "../db/client";
import { listOwned } from "../db/pictures";
import { AppError } from "../errors";
import { storage } from "../storage/open-storage";
import { fileNameFromTitle } from "./picture-title";
import { EXTENSION, type PictureMime } from "./sniff-picture";
import { uniqueNames } from "./unique-names";

/** A zip file in the making; read it to make it. */
export interface PictureZip {
  /** Of the whole file, known beforehand. */
  sizeBytes: number;
  stream: ReadableStream<Uint8Array>;
}

/**
 * The originals of pictures outside the trash as one zip file, in the order asked for, under their titles. It is
 * made as it is read, a file at a time: however much it holds, little of it is in memory.
 * @throws AppError not_found when any of them isn't the owner's. A file that is missing ends the stream with
 *         file_missing.
 */
export async function zipPictures(ownerId: string, ids: readonly string[]): Promise<PictureZip> {
  const wanted = [...new Set(ids)];
  const owned = new Map((await listOwned(ownerId, wanted)).map((row) => [row.id, row]));
  const rows = wanted.flatMap((id) => owned.get(id) ?? []);
  if (rows.length !== wanted.length) throw new AppError("not_found");
  return zipRows(rows);
}

/**
 * The originals of these rows, which the caller has the right to, as one zip file.
 * @throws AppError not_found where there are none.
 */
export function zipRows(rows: readonly Picture[]): PictureZip {
  if (rows.length === 0) throw new AppError("not_found");
  const names = uniqueNames(rows.map(fileName));
  const entries = rows.map(({ sizeBytes, createdAt, blob }, i) => ({
    ...{ name: names[i]!, size: sizeBytes, lastModified: createdAt, blob },
  }));
  return { sizeBytes: Number(predictLength(entries)), stream: makeZip(openEach(entries)) };
}

/** Pictures are compressed already: the archive only holds them together. */
async function* openEach(entries: readonly { name: string; lastModified: Date; blob: string }[]) {
  for (const { blob, ...entry } of entries) {
    const input = await storage().open(blob);
    try {
      yield { ...entry, input };
    } catch {
      // What is thrown in here says that the download was given up.
      return;
    } finally {
      input.destroy();
    }
  }
}

function fileName({ title, mime }: Picture): string {
  return fileNameFromTitle(title, EXTENSION[mime as PictureMime] ?? "bin");
}
