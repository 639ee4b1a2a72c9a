import { crc32 } from "node:zlib";
import { EngineError } from "../engine-error";

// PNG's container: a signature, then chunks of length, type, data and CRC. Nothing is decoded here.
// @source https://www.w3.org/TR/png-3/#5DataRep

export interface PngChunk {
  readonly type: string;
  /** Where the chunk begins, at its length field. */
  readonly start: number;
  /** Behind its CRC. */
  readonly end: number;
  /** A view into the file. */
  readonly data: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, type and CRC around a chunk's data. */
const FRAME = 12;

/** @throws EngineError parameters_damaged, always. */
export function damagedPicture(message: string, cause?: unknown): never {
  throw new EngineError("parameters_damaged", `The picture is damaged: ${message}`, {}, { cause });
}

export const isPng = (file: Uint8Array): boolean => SIGNATURE.every((byte, i) => file[i] === byte);

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * The chunks of a PNG up to IEND; what follows it is no part of the picture.
 * @throws EngineError parameters_damaged for what is no PNG, a chunk longer than the file, a file without end.
 */
export function* pngChunks(file: Uint8Array): Generator<PngChunk> {
  if (!isPng(file)) damagedPicture("it is no PNG");
  const view = viewOf(file);
  for (let start = SIGNATURE.length; ; ) {
    if (start + FRAME > file.length) damagedPicture("it ends within a chunk");
    const length = view.getUint32(start);
    const end = start + FRAME + length;
    if (end > file.length) damagedPicture("a chunk is longer than the file");
    const type = String.fromCharCode(...file.subarray(start + 4, start + 8));
    yield { type, start, end, data: file.subarray(start + 8, end - 4) };
    if (type === "IEND") return;
    start = end;
  }
}

/** @throws EngineError parameters_damaged where the chunk is not what its CRC says. */
export function assertCrc(file: Uint8Array, { type, start, end }: PngChunk): void {
  if (crc32(file.subarray(start + 4, end - 4)) !== viewOf(file).getUint32(end - 4))
    damagedPicture(`its ${type} chunk does not match its checksum`);
}

/** A chunk's bytes, with length and CRC. @param type four ASCII letters. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(FRAME + data.length);
  const view = viewOf(chunk);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) chunk[4 + i] = type.charCodeAt(i);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}
