import type { Hash } from "node:crypto";
import { type FileHandle, mkdir, rename, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { AppError, toAppError } from "../../errors";
import { again } from "../network/get-json";
import { guardedRequest } from "../network/guarded-request";
import { piecesOf } from "../network/pieces-of";
import { refusalOf } from "../network/refusal-of";
import { type Patience, retrying, TryAgain, USUAL_PATIENCE } from "../network/retrying";
import type { RemoteFile } from "../sources/model-source";
import { checkHead, HEAD_BYTES, headerEnd } from "./check-head";
import { requireSpace } from "./free-space";
import { dropPart, findPart, hashPart, openPart, type PartFile, writePiece } from "./part-file";

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** Told of every piece that arrives: bytes of the file that are there. */
  readonly onBytes?: (bytes: number) => void;
  /** Told once a .safetensors file's header is there; what it throws ends the download, and the part is thrown away. */
  readonly onHeader?: (head: FileHead) => Promise<void>;
  readonly patience?: Patience;
  /** A host that sends nothing for so long is asked anew. */
  readonly idleMs?: number;
}

/** The beginning of a file of which the rest is still on its way. */
export interface FileHead {
  /** Absolute: where it lies. */
  readonly path: string;
  /** As announced. */
  readonly wholeBytes: number;
}

/** How much arrives between two looks at the disk. */
const LOOK_EVERY_BYTES = 256 * 1024 * 1024;

/**
 * Fetches a file, or the rest of it where a part of the same file is there: `target` exists only once every byte is there
 * and is what was announced. What has arrived stays when this ends early.
 * @param target absolute; left alone where it exists, since it got its name at the end of an earlier round.
 * @returns the SHA-256 of all bytes, and how many.
 * @throws AppError model_differs, model_page_instead, weights_pickle, model_no_room, disk_full, cancelled; those of
 *   `guardedRequest`
 */
export async function downloadFile(
  remote: RemoteFile,
  target: string,
  options: DownloadOptions,
): Promise<{ sha256: string; sizeBytes: number }> {
  await mkdir(path.dirname(target), { recursive: true });
  let arrived = (await findPart(target)).sizeBytes;
  let atLastTry = arrived;
  const fetchRest = async () => {
    atLastTry = arrived;
    return fetchOnce(remote, target, {
      ...options,
      onBytes: (bytes) => {
        arrived = bytes;
        options.onBytes?.(bytes);
      },
    });
  };
  return retrying(fetchRest, options.patience ?? USUAL_PATIENCE, options.signal, () => arrived > atLastTry);
}

async function fetchOnce(remote: RemoteFile, target: string, options: DownloadOptions) {
  const { signal, idleMs } = options;
  const part = await findPart(target);
  const from = resumable(part, remote);
  if (remote.sizeBytes !== null) await requireSpace(path.dirname(target), remote.sizeBytes - from);
  const answer = await guardedRequest(remote.url, {
    headers: rangeOf(from, part),
    signal,
    ...(idleMs && { idleMs }),
  }).catch(again);
  const pieces = piecesOf(answer);
  try {
    const start = await startOf(answer, from, { part, remote });
    const { sha256, sizeBytes } = await receive(answer, start, { part, remote, options, pieces });
    await finish(part, target);
    return { sha256, sizeBytes };
  } finally {
    answer.destroy();
  }
}

/** How many bytes of the part can be gone on with. */
function resumable({ mark, sizeBytes }: PartFile, remote: RemoteFile): number {
  if (mark === null || sizeBytes === 0 || mark.url !== remote.url.href) return 0;
  // Without a strong tag, and without a hash to tell in the end, nobody knows whether the rest belongs to this part.
  if (mark.etag === null && remote.sha256 === null) return 0;
  const expected = remote.sizeBytes ?? mark.sizeBytes;
  // A whole part has its last byte sent once more: an empty range is none.
  return expected === null || sizeBytes < expected ? sizeBytes : Math.max(0, expected - 1);
}

/** @source RFC 9110 §13.1.5, §14.2 */
const rangeOf = (from: number, { mark }: PartFile): Record<string, string> =>
  from === 0 ? {} : { Range: `bytes=${from}-`, ...(mark?.etag && { "If-Range": mark.etag }) };

interface Receiving {
  readonly part: PartFile;
  readonly remote: RemoteFile;
  readonly options: DownloadOptions;
  readonly pieces: AsyncIterable<Buffer>;
}

/** At which byte of the file the answer begins. @throws TryAgain or AppError for what is no answer. */
async function startOf(
  answer: IncomingMessage,
  from: number,
  { part, remote }: Pick<Receiving, "part" | "remote">,
): Promise<number> {
  const file = path.posix.basename(remote.path);
  if (answer.statusCode === 416) {
    await dropPart(part);
    throw new TryAgain(
      new AppError("model_host_failed", { details: { host: remote.url.host, status: 416 } }),
      0,
    );
  }
  const refusal = refusalOf(answer, remote.url, file);
  if (refusal) throw refusal.isPassing ? new TryAgain(refusal.error, refusal.retryAfterMs) : refusal.error;
  if (/^text\/html\b/i.test(answer.headers["content-type"] ?? ""))
    throw new AppError("model_page_instead", { details: { host: remote.url.host, file } });
  if (answer.statusCode !== 206) return 0;
  const [, begin] = /^bytes (\d+)-\d+\/(?:\d+|\*)$/.exec(answer.headers["content-range"] ?? "") ?? [];
  if (Number(begin) === from) return from;
  await dropPart(part);
  throw new TryAgain(new AppError("model_host_failed", { details: { host: remote.url.host, status: 206 } }));
}

async function receive(answer: IncomingMessage, start: number, receiving: Receiving) {
  const { part, remote, options } = receiving;
  const announced = announcedSize(answer, start);
  const expected = remote.sizeBytes ?? announced;
  if (remote.sizeBytes !== null && announced !== null && announced !== remote.sizeBytes)
    throw await differs(receiving);
  const { etag = null } = answer.headers;
  const mark = { url: remote.url.href, etag: etag?.startsWith('"') ? etag : null, sizeBytes: expected };
  const hash = await hashPart(part, start);
  const handle = await openPart(part, mark, start);
  let at = start;
  try {
    at = await pour(handle, { hash, start, expected, ...receiving });
    await handle.sync();
  } catch (thrown) {
    options.signal.throwIfAborted();
    // A connection that broke: what has arrived stays, and the next try goes on behind it.
    const error = toAppError(thrown);
    if (error.code !== "internal") throw error;
    throw new TryAgain(
      new AppError("model_host_failed", { cause: thrown, details: { host: remote.url.host } }),
    );
  } finally {
    await handle.close();
  }
  if (expected !== null && at < expected)
    throw new TryAgain(new AppError("model_host_failed", { details: { host: remote.url.host } }));
  const sha256 = hash.digest("hex");
  if (remote.sha256 !== null && sha256 !== remote.sha256) throw await differs(receiving);
  return { sha256, sizeBytes: at };
}

/** Of the whole file; null where the host does not say. */
function announcedSize({ headers, statusCode }: IncomingMessage, start: number): number | null {
  const [, total] = /\/(\d+)$/.exec(headers["content-range"] ?? "") ?? [];
  if (statusCode === 206) return total === undefined ? null : Number(total);
  return headers["content-length"] === undefined ? null : start + Number(headers["content-length"]);
}

interface Pouring extends Receiving {
  readonly hash: Hash;
  readonly start: number;
  readonly expected: number | null;
}

/** Writes what comes, and stops where it can be no model, is more than was announced, or fills the disk. */
async function pour(handle: FileHandle, pouring: Pouring): Promise<number> {
  const { hash, start, expected, remote, options, part } = pouring;
  let at = start;
  let lookAt = start + LOOK_EVERY_BYTES;
  let isChecked = false;
  let readableFrom: number | null = null;
  for await (const chunk of pouring.pieces) {
    options.signal.throwIfAborted();
    await writePiece(handle, chunk, at);
    hash.update(chunk);
    at += chunk.length;
    if (expected !== null && at > expected) throw await differs(pouring);
    if (!isChecked && at >= HEAD_BYTES) {
      await checkHead(part, remote).catch(async (error: unknown) => {
        await dropPart(part);
        throw error;
      });
      isChecked = true;
      if (options.onHeader && expected !== null) readableFrom = await headerEnd(part, remote);
    }
    if (readableFrom !== null && at >= readableFrom) {
      readableFrom = null;
      await options.onHeader?.({ path: part.path, wholeBytes: expected! }).catch(async (error: unknown) => {
        await dropPart(part);
        throw error;
      });
    }
    if (at >= lookAt) {
      await requireSpace(path.dirname(part.path), expected === null ? 0 : expected - at);
      lookAt = at + LOOK_EVERY_BYTES;
    }
    options.onBytes?.(at);
  }
  return at;
}

async function differs({ part, remote }: Receiving): Promise<AppError> {
  await dropPart(part);
  return new AppError("model_differs", { details: { file: path.posix.basename(remote.path) } });
}

async function finish(part: PartFile, target: string): Promise<void> {
  await rename(part.path, target);
  await rm(`${part.path}.json`, { force: true });
}
