import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { recognise } from "../engine/layouts/recognise";
import { openSafetensors } from "../engine/safetensors/open-safetensors";
import { AppError, type ErrorCode, toAppError } from "../errors";
import { type DownloadOptions, downloadFile, type FileHead } from "./download/download-file";
import { requireSpace } from "./download/free-space";
import { type Installed, installModel, isThere, readInstalledRecord, refusePresent } from "./install-model";
import { MODEL_KINDS } from "./model-kinds";
import type { Patience } from "./network/retrying";
import { requireUsable } from "./require-usable";
import { rethrowNaming } from "./rethrow-naming";
import { safeName } from "./safe-name";
import { askSource } from "./sources/ask-source";
import { formatSource, type RemoteFile, type RemoteModel } from "./sources/model-source";
import type { WantedModel } from "./sources/parse-source";
import { dropStaging, inStaging, stagingFolder } from "./staging";

/** How far a pull is. */
export interface PullProgress {
  readonly receivedBytes: number;
  /** Null while the host has not said. */
  readonly totalBytes: number | null;
}

export interface PullOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
  readonly patience?: Patience;
  readonly idleMs?: number;
}

/**
 * Fetches a model and installs it. What has arrived stays where this ends early, and is gone on with next time; what can
 * never be installed is thrown away, and is refused as soon as its header is there.
 * @throws AppError those of `askSource`, `downloadFile` and `installModel`; model_present before anything is fetched;
 *   model_name_taken where another model of its kind is called like it;
 *   model_busy where another process fetches it; model_disk_full where the disk fills up meanwhile
 */
export async function pullModel(wanted: WantedModel, options: PullOptions): Promise<Installed> {
  const { signal, patience } = options;
  const remote = await askSource(wanted.source, signal, patience);
  const name = nameOf(wanted, remote);
  await refuseKnown(wanted, name, remote);
  try {
    return await fetchAndInstall(wanted, name, remote, options);
  } catch (thrown) {
    // Whichever write it was: a part of the file, the note of what it is a part of, or the model's record.
    if (toAppError(thrown).code !== "disk_full") throw thrown;
    throw new AppError("model_disk_full", { cause: thrown, details: { name } });
  }
}

async function fetchAndInstall(
  wanted: WantedModel,
  name: string,
  remote: RemoteModel,
  options: PullOptions,
): Promise<Installed> {
  const { signal, onProgress } = options;
  const folder = folderOf(wanted);
  const installed = await inStaging(folder, async () => {
    await keepOnly(remote, folder);
    const onHeader = (head: FileHead) => refuseUnfit(wanted, name, remote, head);
    const files = await fetchAll(remote, folder, { ...options, onHeader });
    signal.throwIfAborted();
    return installModel({
      path: path.join(folder, remote.layout === "folder" ? CONTENT : remote.files[0]!.path),
      name,
      kind: wanted.entry?.kind ?? null,
      record: {
        catalogueId: wanted.entry?.id ?? null,
        source: remote.source,
        licence: wanted.entry?.licence ?? remote.licence,
        triggerWords: [...remote.triggerWords],
        files,
      },
    });
  }).catch(async (thrown: unknown) => {
    // The next round would bring the same bytes.
    if (FINAL.has(toAppError(thrown).code)) await dropStaging(folder);
    throw thrown;
  });
  await dropStaging(folder);
  onProgress?.({ receivedBytes: installed.facts.sizeBytes, totalBytes: installed.facts.sizeBytes });
  return installed;
}

/** What is said of bytes that are what was announced, and of no use all the same. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  ...(["model_present", "model_name_taken", "model_kind_differs", "model_family_unsupported"] as const),
  ...(["weights_unknown", "weights_damaged", "weights_pickle", "weights_missing"] as const),
  ...(["weights_dtype_unsupported", "weights_key_missing", "lora_damaged"] as const),
]);

/** Within the staging folder what becomes an installed folder. */
const CONTENT = "content";

const nameOf = ({ entry }: WantedModel, remote: RemoteModel): string =>
  entry ? (entry.saveAs ?? remote.name) : safeName(remote.name);

const folderOf = ({ source }: WantedModel): string => stagingFolder(formatSource(source));

/** Throws away what arrived of other files under the same name: a branch moves on, and its files with it. */
async function keepOnly({ files }: RemoteModel, folder: string): Promise<void> {
  const marker = path.join(folder, "addresses");
  const addresses = files.map(({ url }) => url.href).join("\n");
  if ((await readFile(marker, "utf8").catch(() => null)) === addresses) return;
  await dropStaging(folder);
  await mkdir(folder, { recursive: true });
  await writeFile(marker, addresses);
}

/**
 * As far as anybody can tell before its first byte.
 * @throws AppError model_present for what is here already; model_name_taken where another is called like it
 */
async function refuseKnown({ entry }: WantedModel, name: string, remote: RemoteModel): Promise<void> {
  if (entry) return refusePresent(entry.kind, name, remote.layout);
  for (const each of MODEL_KINDS)
    if ((await readInstalledRecord(each, name, remote.layout))?.source === remote.source)
      throw new AppError("model_present", { details: { name } });
  const isPipeline = remote.files.some((file) => file.path === "model_index.json");
  if (isPipeline) await refusePresent("checkpoint", name, remote.layout, "model_name_taken");
}

/** @throws AppError model_present, model_name_taken, those of `requireUsable`; EngineErrors of `recognise`, naming the file as its host does */
async function refuseUnfit(
  { entry }: WantedModel,
  name: string,
  { layout, files }: RemoteModel,
  { path: part, wholeBytes }: FileHead,
): Promise<void> {
  const [weights, ...more] = files.filter((file) => file.path.endsWith(".safetensors"));
  // One of several files, or of a pipeline's parts, is no model by itself.
  if (!weights || more.length > 0 || files.some((file) => file.path === "model_index.json")) return;
  try {
    const { kind: what, family } = recognise(await openSafetensors(part, wholeBytes));
    const kind = requireUsable(name, { what, family }, entry?.kind ?? null);
    // What the catalogue or its record knows was asked for before.
    await refusePresent(kind, name, layout, entry ? "model_present" : "model_name_taken");
  } catch (error) {
    rethrowNaming(error, path.posix.basename(weights.path));
  }
}

type FetchOptions = PullOptions & Pick<DownloadOptions, "onHeader">;

async function fetchAll(remote: RemoteModel, folder: string, { onProgress, ...options }: FetchOptions) {
  const sizes = remote.files.map(({ sizeBytes }) => sizeBytes);
  const totalBytes = sizes.every((size) => size !== null) ? sizes.reduce((sum, size) => sum + size, 0) : null;
  const done: { path: string; sizeBytes: number; sha256: string }[] = [];
  let before = 0;
  const tell = (bytes: number) => onProgress?.({ receivedBytes: before + bytes, totalBytes });
  if (totalBytes !== null) await requireSpace(folder, totalBytes - (await sizeInside(remote, folder)));
  for (const file of remote.files) {
    const target = targetOf(remote, file, folder);
    const { sha256, sizeBytes } =
      (await finished(file, target)) ?? (await downloadFile(file, target, { ...options, onBytes: tell }));
    done.push({ path: file.path, sizeBytes, sha256 });
    before += sizeBytes;
    tell(0);
  }
  return done;
}

const targetOf = ({ layout }: RemoteModel, file: RemoteFile, folder: string): string =>
  path.join(folder, layout === "folder" ? CONTENT : "", ...file.path.split("/"));

/** What of it has arrived in earlier rounds. */
async function sizeInside(remote: RemoteModel, folder: string): Promise<number> {
  const sizes = remote.files.map(async (file) => {
    const target = targetOf(remote, file, folder);
    const found = await stat(target).catch(() => stat(`${target}.part`).catch(() => null));
    return found?.size ?? 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** A file that was fetched in an earlier round: it got its name when all of it was there and had been compared. */
async function finished({ sizeBytes, sha256: announced }: RemoteFile, target: string) {
  const found = await stat(target).catch(() => null);
  if (!found || (sizeBytes !== null && found.size !== sizeBytes)) return null;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(target, { highWaterMark: 1 << 20 })) hash.update(chunk);
  const sha256 = hash.digest("hex");
  if (announced === null || sha256 === announced) return { sha256, sizeBytes: found.size };
  // A disk that forgot, or a hand that wrote over it: it comes anew.
  await rm(target);
  return null;
}

/** Throws away what has arrived of a model that is not wanted any more. @throws AppError model_busy */
export async function forgetPull(wanted: WantedModel): Promise<void> {
  const folder = folderOf(wanted);
  if (await isThere(folder)) await inStaging(folder, () => dropStaging(folder));
}
