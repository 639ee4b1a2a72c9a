import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { link, mkdir, readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../errors";
import { copySynced } from "./copy-synced";
import { requireSpace } from "./download/free-space";
import { type Installed, installModel } from "./install-model";
import { safeName } from "./safe-name";
import { dropStaging, inStaging, stagingFolder } from "./staging";

/** What a model's folder consists of: anything else in it stays where it is. */
const PARTS = /\.(safetensors|json|txt)$/i;
const MOST_FILES = 200;
const MOST_DEPTH = 4;

/**
 * Installs a model that lies on this machine already: by another name for the same bytes where the file system can do that,
 * else as a copy. The original stays as it is.
 * @param from a .safetensors file or a folder.
 * @param name what it will be called; by default what it is called there.
 * @throws AppError file_unreadable, model_no_room, those of `installModel` · EngineError weights_pickle, weights_damaged …
 */
export async function importModel(from: string, name?: string): Promise<Installed> {
  const origin = await realpath(path.resolve(/* turbopackIgnore: true */ from)).catch((cause: unknown) => {
    throw new AppError("file_unreadable", { cause, details: { file: from } });
  });
  const isFolder = (await stat(origin)).isDirectory();
  const called = safeName(name ?? path.basename(origin, isFolder ? "" : path.extname(origin)));
  const folder = stagingFolder(`import:${randomUUID()}`);
  try {
    return await inStaging(folder, async () => {
      const staged = path.join(folder, isFolder ? "content" : path.basename(origin));
      const inside = isFolder ? await partsOf(origin) : [""];
      const files = [];
      for (const part of inside) {
        const target = path.join(staged, part);
        await linkOrCopy(path.join(origin, part), target);
        files.push({ path: part || path.basename(origin), ...(await describe(target)) });
      }
      const record = { catalogueId: null, source: "file", licence: null, triggerWords: [], files };
      return installModel({ path: staged, name: called, kind: null, record });
    });
  } finally {
    await dropStaging(folder);
  }
}

async function partsOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const parts = entries
    .filter((entry) => entry.isFile() && PARTS.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((part) => part.split(path.sep).length <= MOST_DEPTH);
  if (parts.length > MOST_FILES || parts.length === 0)
    throw new AppError("model_file_unclear", { details: { source: path.basename(folder) } });
  return parts;
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  try {
    await link(from, to);
  } catch (error) {
    // Another file system, one that knows no links, or a system that forbids them for others' files.
    if (
      !["EXDEV", "EPERM", "ENOTSUP", "EMLINK", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")
    )
      throw error;
    await requireSpace(path.dirname(to), (await stat(from)).size);
    await copySynced(from, to);
  }
}

async function describe(file: string): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return { sizeBytes: (await stat(file)).size, sha256: hash.digest("hex") };
}
