import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { z } from "zod";

/** What is known of the file that a part is a part of: only bytes of the very same file may come behind it. */
const mark = z.object({ url: z.string(), etag: z.string().nullable(), sizeBytes: z.number().nullable() });
export type PartMark = z.infer<typeof mark>;

/** A file as far as it has arrived, beside what it will be: `<file>.part` and `<file>.part.json`. */
export interface PartFile {
  readonly path: string;
  /** Null where nothing has arrived, or nobody knows of what. */
  readonly mark: PartMark | null;
  readonly sizeBytes: number;
}

export async function findPart(file: string): Promise<PartFile> {
  const path = `${file}.part`;
  const text = await readFile(`${path}.json`, "utf8").catch(() => null);
  const sizeBytes = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  return { path, mark: text === null ? null : readMark(text), sizeBytes };
}

function readMark(text: string): PartMark | null {
  try {
    return mark.parse(JSON.parse(text));
  } catch {
    // A machine lost power while it was written: what is there belongs to nothing that is known.
    return null;
  }
}

/** Opens the part to write behind its first `keepBytes`, and notes what it is a part of. */
export async function openPart(part: PartFile, of: PartMark, keepBytes: number): Promise<FileHandle> {
  await writeFile(`${part.path}.json`, JSON.stringify(of));
  const handle = await open(part.path, keepBytes > 0 ? "r+" : "w", 0o644);
  await handle.truncate(keepBytes);
  return handle;
}

/**
 * Writes all of a piece at a place: a disk that fills up takes only a part of it at first, and says nothing.
 * @throws Error ENOSPC of the system
 */
export async function writePiece(handle: FileHandle, piece: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await handle.write(piece, done, piece.length - done, at + done);
    done += bytesWritten;
  }
}

/** The hash of what has arrived so far, to be gone on with. */
export async function hashPart({ path }: PartFile, bytes: number): Promise<Hash> {
  const hash = createHash("sha256");
  if (bytes > 0)
    for await (const chunk of createReadStream(path, { end: bytes - 1, highWaterMark: 1 << 20 }))
      hash.update(chunk);
  return hash;
}

/** Throws away what has arrived. */
export async function dropPart({ path }: PartFile): Promise<void> {
  for (const file of [path, `${path}.json`]) await rm(file, { force: true });
}
