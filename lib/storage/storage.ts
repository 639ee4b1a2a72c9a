import type { Readable } from "node:stream";
import type { ManifestEntry } from "./manifest";

export interface StoredBlob {
  /** SHA-256 of the bytes, hex. */
  hash: string;
  sizeBytes: number;
}

export interface ListedBlob {
  hash: string;
  storedAt: Date;
}

export type Content = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Where originals live, named by the hash of their bytes: never changed, stored once however often they come.
 * Derivatives (thumbnails, exports) have keys of their own and can be made again.
 *
 * Nothing is lost in this order: `put`, `appendManifest`, then the database row, then the answer to the person.
 */
export interface Storage {
  /**
   * Stores an original durably; returns only when it would survive a power cut.
   * @throws AppError disk_full, storage_unavailable; nothing half-written is left behind. An error of the
   * content's own stream passes through as it is.
   */
  put(content: Content): Promise<StoredBlob>;
  /** @throws AppError file_missing */
  open(hash: string): Promise<Readable>;
  /** @throws AppError file_missing */
  read(hash: string): Promise<Buffer>;
  has(hash: string): Promise<boolean>;
  /** True when the stored bytes still have this hash: false for missing, cut off or damaged ones. */
  verify(hash: string): Promise<boolean>;
  /** All originals there are, in no order. */
  list(): AsyncIterable<ListedBlob>;
  /** Removes an original and all that was derived from it; the caller has made sure that no picture uses it. */
  remove(hash: string): Promise<void>;

  /** Stores a derivative under a key such as `<hash>/thumb-v1-480.webp`, wholly or not at all. */
  putDerived(key: string, content: Uint8Array): Promise<void>;
  /** Null when it is not there (any more): make it again. */
  readDerived(key: string): Promise<Buffer | null>;

  /** Writes one entry durably. */
  appendManifest(entry: ManifestEntry): Promise<void>;
  /** All entries, oldest first. */
  readManifest(): AsyncIterable<ManifestEntry>;
  /** Removes what interrupted uploads left behind longer than `olderThanMs` ago; returns how many. */
  removeLeftovers(olderThanMs: number): Promise<number>;
}

const HASH = /^[0-9a-f]{64}$/;
const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/i;

export const isHash = (name: string): boolean => HASH.test(name);

/** Refuses anything that is not a hash: names reach the file system. */
export function checkHash(hash: string): string {
  if (!isHash(hash)) throw new Error("not a blob's hash");
  return hash;
}

/** Refuses keys that could leave the folder of derivatives. */
export function checkKey(key: string): string {
  if (!KEY.test(key) || key.includes("..")) throw new Error("not a derivative's key");
  return key;
}
