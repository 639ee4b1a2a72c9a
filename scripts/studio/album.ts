import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { AppError, errorMessage, toAppError } from "@/lib/errors";
import type { Door } from "./door/door";
import { findAlbum } from "./door/find-album";
import { openDoor } from "./door/open-door";
import { readInput } from "./files";
import { untilInterrupted } from "./generate-progress";
import { locale } from "./language";
import { messages } from "./messages/messages";
import { parseOptions } from "./parse-options";
import { UsageError } from "./usage-error";

/** So many at a time go into the album: an import that is cut off leaves what came before in its place. */
const AT_ONCE = 50;

/** What became of a folder's files. */
interface Report {
  album: { id: string; title: string };
  added: number;
  /** Were in the gallery already. */
  present: number;
  /** Files of other kinds. */
  skipped: number;
  refused: { file: string; code: string; message: string }[];
}

/** `album import DIR --album NAME`: all pictures of a folder, and of the folders in it, into an album. */
export async function album(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: {
      album: { type: "string" },
      as: { type: "string" },
      json: { type: "boolean", default: false },
      lang: { type: "string" },
    },
  });
  const [verb, folder, ...more] = positionals;
  if (verb !== "import" || !folder || more.length > 0) throw new UsageError("albumVerb");
  if (!values.album?.trim()) throw new UsageError("albumMissing");
  const files = await listFiles(folder);
  const signal = untilInterrupted();
  const door = await openDoor(values.as ?? null);
  try {
    const target = (await findAlbum(door, values.album)) ?? (await door.makeAlbum(values.album));
    const report: Report = { album: target, added: 0, present: 0, skipped: 0, refused: [] };
    const say = (done: number) => {
      if (!values.json && process.stderr.isTTY) process.stderr.write(`\r${done} / ${files.length} `);
    };
    await importFiles(door, files, { report, signal, say });
    await door.look(signal);
    if (values.json)
      console.log(JSON.stringify({ ...report, album: { id: target.id, title: target.title } }));
    else print(report);
    return report.refused.length > 0 && report.added + report.present === 0 ? 1 : 0;
  } finally {
    await door.close();
  }
}

/** Without hidden ones; in the order of their names. @throws AppError file_unreadable */
async function listFiles(folder: string): Promise<string[]> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new AppError("file_unreadable", { details: { file: folder } });
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !path
          .relative(folder, file)
          .split(path.sep)
          .some((part) => part.startsWith(".")),
    );
  return files.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

interface Importing {
  readonly report: Report;
  readonly signal: AbortSignal;
  readonly say: (done: number) => void;
}

async function importFiles(
  door: Door,
  files: readonly string[],
  { report, signal, say }: Importing,
): Promise<void> {
  let ids: string[] = [];
  const file = async () => {
    if (ids.length > 0) await door.addToAlbum(report.album.id, ids);
    ids = [];
  };
  for (const [i, each] of files.entries()) {
    signal.throwIfAborted();
    try {
      const { picture, isNew } = await door.addPicture({
        bytes: await readInput(each),
        name: path.basename(each),
      });
      ids.push(picture.id);
      if (isNew) report.added++;
      else report.present++;
    } catch (thrown) {
      note(report, each, thrown);
    }
    if (ids.length >= AT_ONCE) await file();
    say(i + 1);
  }
  await file();
}

/** A file that is no picture, or a damaged one, holds nothing up; a full disk or a lost database does. */
function note(report: Report, file: string, thrown: unknown): void {
  const { code, details, retryable } = toAppError(thrown);
  if (retryable || code === "internal" || code === "not_found") throw thrown;
  if (code === "picture_type_unsupported") report.skipped++;
  else report.refused.push({ file, code, message: errorMessage(code, details, locale()) });
}

function print({ album: { title }, added, present, skipped, refused }: Report): void {
  const { colon, album: told } = messages();
  console.log(told.made(title, added, present) + (skipped > 0 ? told.skipped(skipped) : ""));
  for (const { file, message } of refused) console.log(`  ${file}${colon}${message}`);
}
