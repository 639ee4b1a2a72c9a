import { type FileHandle, open, realpath } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../engine-error";
import { damaged } from "./damaged";
import { parseHeader } from "./parse-header";
import { refusePickle } from "./refuse-pickle";
import type { Weights } from "./stored-tensor";

/** The reference's own bound on headers. */
const MAX_HEADER_BYTES = 100_000_000;

export interface SafetensorsFile {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly tensors: Weights;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads and checks the header; the weights stay where they are.
 * @param wholeBytes  of the file as it will be, where only its beginning is there yet, with all of its header.
 * @throws EngineError weights_missing, weights_pickle, weights_damaged or weights_dtype_unsupported.
 */
export async function openSafetensors(file: string, wholeBytes?: number): Promise<SafetensorsFile> {
  const absolute = path.resolve(file);
  const handle = await openToRead(absolute);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw missing(absolute, "is not a file");
    const head = await readUpTo(handle, 0, 9);
    refusePickle(absolute, head);
    if (stat.size < 10 || head.length < 9) throw damaged(absolute, `${stat.size} bytes are too few`);
    const headerBytes = Number(new DataView(head.buffer, head.byteOffset).getBigUint64(0, true));
    if (headerBytes > MAX_HEADER_BYTES || headerBytes > stat.size - 8)
      throw damaged(absolute, `not a safetensors file, or cut short: a header of ${headerBytes} bytes`);
    const header = await readUpTo(handle, 8, headerBytes);
    if (header.length < headerBytes) throw damaged(absolute, "cut short in its header");
    const sizeBytes = wholeBytes ?? stat.size;
    const { tensors, metadata } = parseHeader(absolute, header, sizeBytes - 8 - headerBytes);
    return { path: absolute, sizeBytes, tensors: await atRealPath(absolute, tensors), metadata };
  } finally {
    await handle.close();
  }
}

/** Caches of downloads are full of links, which onnxruntime does not follow out of a model's folder. */
async function atRealPath(file: string, tensors: Weights): Promise<Weights> {
  const real = await realpath(file);
  if (real === file) return tensors;
  return new Map(Array.from(tensors, ([key, stored]) => [key, { ...stored, file: real }]));
}

/** @throws EngineError weights_missing where the file cannot be opened. */
export async function openToRead(file: string): Promise<FileHandle> {
  try {
    return await open(file, "r");
  } catch (cause) {
    throw missing(file, "cannot be opened", cause);
  }
}

/** A single read is kept below what the operating system does in one call. */
const CHUNK_BYTES = 2 ** 30;

/** @returns the bytes there are, fewer than `length` only at the end of the file. */
export async function readUpTo(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const wanted = Math.min(CHUNK_BYTES, length - filled);
    const { bytesRead } = await handle.read(bytes, filled, wanted, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled === length ? bytes : bytes.slice(0, filled);
}

function missing(file: string, fault: string, cause?: unknown): EngineError {
  return new EngineError("weights_missing", `${file} ${fault}`, { file }, { cause });
}
