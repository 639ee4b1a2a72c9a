import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { AppError } from "../errors";
import { formatEntry, type ManifestEntry, parseEntry } from "./manifest";
import { checkHash, checkKey, isHash, type ListedBlob, type Storage } from "./storage";
import { asDiskError, type OnStep, syncFolder, writeHashed } from "./write-hashed";

/**
 * Storage in a folder: `originals/ab/cd/<hash>`, `originals/manifest.jsonl`, `derived/…`, and `incoming/` for
 * uploads that are not finished (on the same file system, so that the last step is a rename).
 */
export function diskStorage(root: string, onStep: OnStep = () => {}): Storage {
  const incoming = path.join(root, "incoming");
  const originals = path.join(root, "originals");
  const manifest = path.join(originals, "manifest.jsonl");
  const pathOf = (hash: string) => path.join(originals, checkHash(hash).slice(0, 2), hash.slice(2, 4), hash);
  const derivedPath = (key: string) => path.join(root, "derived", checkKey(key));

  return {
    put: async (content) => {
      await mkdir(incoming, { recursive: true });
      const draft = path.join(incoming, randomUUID());
      const blob = await writeHashed(draft, content, onStep);
      const target = pathOf(blob.hash);
      try {
        await makeFolder(path.dirname(target), root);
        // Renaming over a copy that is already there costs nothing, and mends it if it was damaged.
        await rename(draft, target);
        await onStep("renamed");
        await syncFolder(path.dirname(target));
        await onStep("folder-synced");
      } catch (error) {
        await rm(draft, { force: true });
        throw asDiskError(error);
      }
      return blob;
    },
    open: async (hash) => {
      const handle = await open(pathOf(hash)).catch(missing(hash));
      return handle.createReadStream();
    },
    read: (hash) => readFile(pathOf(hash)).catch(missing(hash)),
    has: async (hash) => exists(pathOf(hash)),
    verify: async (hash) => {
      const file = pathOf(hash);
      if (!(await exists(file))) return false;
      const actual = createHash("sha256");
      for await (const chunk of createReadStream(file)) actual.update(chunk);
      return actual.digest("hex") === hash;
    },
    list: () => listBlobs(originals),
    remove: async (hash) => {
      await rm(pathOf(hash), { force: true });
      await rm(derivedPath(hash), { recursive: true, force: true });
    },

    putDerived: async (key, content) => {
      const target = derivedPath(key);
      const draft = `${target}.${randomUUID()}.draft`;
      try {
        await mkdir(path.dirname(target), { recursive: true });
        await writeFile(draft, content);
        await rename(draft, target);
      } catch (error) {
        await rm(draft, { force: true });
        throw asDiskError(error);
      }
    },
    readDerived: (key) =>
      readFile(derivedPath(key)).catch((error) => {
        if (error.code === "ENOENT") return null;
        throw error;
      }),

    appendManifest: async (entry) => {
      await makeFolder(originals, root);
      const isNew = !(await exists(manifest));
      const handle = await open(manifest, "a+", 0o600);
      try {
        // One write of whole lines; starting a new line first keeps one that a crash cut off apart.
        const start = (await endsMidLine(handle)) ? "\n" : "";
        await handle.appendFile(`${start}${formatEntry(entry)}\n`);
        await handle.sync();
      } catch (error) {
        throw asDiskError(error);
      } finally {
        await handle.close();
      }
      if (isNew) await syncFolder(originals);
    },
    readManifest: () => readLines(manifest),
    removeLeftovers: (olderThanMs) => removeOld(incoming, Date.now() - olderThanMs),
  };
}

/** Creates a folder and makes its name durable in each parent up to `root`. */
async function makeFolder(folder: string, root: string): Promise<void> {
  if (await exists(folder)) return;
  await mkdir(folder, { recursive: true });
  for (let at = folder; at !== root && at !== path.dirname(at); at = path.dirname(at)) {
    await syncFolder(path.dirname(at));
  }
}

async function endsMidLine(handle: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}

async function* readLines(file: string): AsyncIterable<ManifestEntry> {
  if (!(await exists(file))) return;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const entry = parseEntry(line);
    if (entry) yield entry;
  }
}

async function* listBlobs(originals: string): AsyncIterable<ListedBlob> {
  if (!(await exists(originals))) return;
  for (const entry of await readdir(originals, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const folder = path.join(originals, entry.name);
    // Folders of 256 at most, of which each holds a few: one branch at a time.
    for (const name of await readdir(folder, { recursive: true })) {
      const hash = path.basename(name);
      if (!isHash(hash)) continue;
      const found = await stat(path.join(folder, name)).catch(() => null);
      if (found) yield { hash, storedAt: found.mtime };
    }
  }
}

async function removeOld(folder: string, before: number): Promise<number> {
  if (!(await exists(folder))) return 0;
  let removed = 0;
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if ((await stat(file)).mtimeMs > before) continue;
    await rm(file, { force: true });
    removed++;
  }
  return removed;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

const missing =
  (hash: string) =>
  (error: NodeJS.ErrnoException): never => {
    if (error.code === "ENOENT") throw new AppError("file_missing", { cause: error, details: { hash } });
    throw error;
  };
