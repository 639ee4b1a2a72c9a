import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

export interface Packed {
  name: string;
  bytes: Buffer;
  /** Unix mode, type of file included. */
  mode?: number;
}

/** A zip of these files, in order. */
export async function zipOf(files: readonly Packed[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, bytes, mode = 0o100644 } of files) zip.addBuffer(bytes, name, { mode });
  zip.end();
  return buffer(zip.outputStream as Readable);
}

/** The same bytes with every place where `from` stands overwritten; what honest packers don't write. */
export function tamper(archive: Buffer, from: Buffer | string, to: Buffer | string): Buffer {
  const [old, replacement] = [Buffer.from(from as string), Buffer.from(to as string)];
  if (old.length !== replacement.length) throw new Error("what replaces must be as long");
  const bytes = Buffer.from(archive);
  let count = 0;
  for (let at = bytes.indexOf(old); at >= 0; at = bytes.indexOf(old, at + 1), count++)
    replacement.copy(bytes, at);
  if (count === 0) throw new Error("there is nothing to replace");
  return bytes;
}
