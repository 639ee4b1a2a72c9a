import { buffer } from "node:stream/consumers";
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from "yauzl";
import { AppError } from "../errors";
import { MAX_PICTURE_BYTES } from "../pictures/picture-limits";

/** Most files in an archive; more than a job can look at in its time help nobody. */
const MAX_FILES = 5_000;

/** Pictures are packed already: an archive that unpacks to so many times its size holds something else. */
const MAX_RATIO = 20;
/** Small archives may be flat colours. */
const FREE_BYTES = 64 * 1024 * 1024;

/** One file in an archive. */
export interface ArchiveFile {
  /** For people: folders and all, never a place on a disk. */
  name: string;
  /** @throws AppError picture_too_large, archive_locked, archive_unreadable */
  read(): Promise<Buffer>;
}

/** An archive's files, all of them known before the first is unpacked. */
export interface Archive {
  files: readonly ArchiveFile[];
  close(): void;
}

/**
 * Opens a zip as far as its list of files. Folders, links and what systems leave in archives are left out.
 * @throws AppError archive_unreadable, archive_too_many, archive_bomb
 */
export async function readArchive(path: string): Promise<Archive> {
  // Names stay bytes: the library would refuse the whole archive for one that leads out of it, and ours lead nowhere.
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false }).catch(
    unreadable,
  );
  try {
    const entries = await listEntries(zip);
    const unpacked = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
    if (unpacked > FREE_BYTES && unpacked > MAX_RATIO * zip.fileSize) throw new AppError("archive_bomb");
    const files = entries.map((entry) => ({ name: nameOf(entry), read: () => readEntry(zip, entry) }));
    return { files, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (!isFile(entry)) continue;
      entries.push(entry);
      if (entries.length > MAX_FILES)
        throw new AppError("archive_too_many", { details: { limit: MAX_FILES } });
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    unreadable(error);
  }
  return entries;
}

const LINK = 0o120000;
const TYPE_OF_FILE = 0o170000;

function isFile(entry: Entry): boolean {
  const name = nameOf(entry);
  const isLink = ((entry.externalFileAttributes >>> 16) & TYPE_OF_FILE) === LINK;
  const isLitter = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(name);
  return !isLink && !isLitter && !name.endsWith("/");
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<Buffer> {
  if (entry.isEncrypted()) throw new AppError("archive_locked");
  // The size is the archive's own claim; the library ends a file that turns out longer.
  if (entry.uncompressedSize > MAX_PICTURE_BYTES)
    throw new AppError("picture_too_large", { details: { limit: MAX_PICTURE_BYTES / 1024 / 1024 } });
  try {
    return await buffer(await zip.openReadStreamPromise(entry));
  } catch (error) {
    return unreadable(error);
  }
}

/** Names are UTF-8 where they say so, and often where they don't; Windows in Chinese writes GBK, old programs CP437. */
function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(fileNameRaw);
    } catch {
      // Not in this encoding.
    }
  }
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

function unreadable(cause: unknown): never {
  throw new AppError("archive_unreadable", { cause });
}
