import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AppError } from "../errors";
import { formatEntry, parseEntry } from "./manifest";
import { checkHash, checkKey, isHash, type Storage } from "./storage";
import { writeHashed } from "./write-hashed";

export interface S3Settings {
  bucket: string;
  /** For stores other than Amazon's; addressed as `<endpoint>/<bucket>/<key>`. */
  endpoint?: string;
  region?: string;
  accessKeyId?: string;
  secretAccessKey?: string;
}

/** Storage in a bucket of any S3-compatible store; one object a manifest entry, since objects can't grow. */
export function s3Storage(settings: S3Settings): Storage {
  const { bucket: Bucket, endpoint, region = "us-east-1", accessKeyId, secretAccessKey } = settings;
  const client = new S3Client({
    region,
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
    // Many compatible stores do not know Amazon's newer checksums; our own hash is checked by `verify`.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  let appended = 0;
  const original = (hash: string) => `originals/${checkHash(hash)}`;
  const derived = (key: string) => `derived/${checkKey(key)}`;

  const get = async (Key: string): Promise<Readable | null> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return Body as Readable;
    } catch (error) {
      if (isMissing(error)) return null;
      throw unavailable(error);
    }
  };
  const putObject = (Key: string, Body: Uint8Array | Readable | string, ContentLength?: number) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength })).catch((error) => {
      throw unavailable(error);
    });
  async function* objectsUnder(Prefix: string): AsyncIterable<{ key: string; changedAt: Date }> {
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
      for (const { Key, LastModified } of page.Contents ?? [])
        if (Key) yield { key: Key, changedAt: LastModified ?? new Date() };
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
  }
  async function* keysUnder(prefix: string): AsyncIterable<string> {
    for await (const { key } of objectsUnder(prefix)) yield key;
  }
  const openOriginal = async (hash: string): Promise<Readable> => {
    const body = await get(original(hash));
    if (!body) throw new AppError("file_missing", { details: { hash } });
    return body;
  };

  return {
    put: async (content) => {
      // The key is the hash, so the bytes have to be known first: once through a local file.
      const folder = await mkdtemp(path.join(tmpdir(), "mosaiq-"));
      try {
        const file = path.join(folder, "upload");
        const blob = await writeHashed(file, content, () => {});
        await putObject(original(blob.hash), createReadStream(file), blob.sizeBytes);
        return blob;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    open: openOriginal,
    read: async (hash) => collect(await openOriginal(hash)),
    has: async (hash) => {
      try {
        await client.send(new HeadObjectCommand({ Bucket, Key: original(hash) }));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw unavailable(error);
      }
    },
    verify: async (hash) => {
      const body = await get(original(hash));
      if (!body) return false;
      const actual = createHash("sha256");
      for await (const chunk of body) actual.update(chunk);
      return actual.digest("hex") === hash;
    },
    list: async function* () {
      for await (const { key, changedAt } of objectsUnder("originals/")) {
        const hash = path.basename(key);
        if (isHash(hash)) yield { hash, storedAt: changedAt };
      }
    },
    remove: async (hash) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key: original(hash) }));
      for await (const Key of keysUnder(`${derived(hash)}/`))
        await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },

    putDerived: async (key, content) => {
      await putObject(derived(key), content, content.byteLength);
    },
    readDerived: async (key) => {
      const body = await get(derived(key));
      return body && collect(body);
    },

    appendManifest: async (entry) => {
      // Keys sort by time, and within a millisecond by their number, so a listing reads oldest first.
      const number = String(appended++).padStart(9, "0");
      await putObject(`manifest/${entry.at}-${number}-${randomUUID()}.json`, formatEntry(entry));
    },
    readManifest: async function* () {
      for await (const key of keysUnder("manifest/")) {
        const body = await get(key);
        const entry = body && parseEntry((await collect(body)).toString("utf8"));
        if (entry) yield entry;
      }
    },
    // Objects appear whole or not at all.
    removeLeftovers: async () => 0,
  };
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const isMissing = (error: unknown): boolean => {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === "NoSuchKey" || name === "NotFound" || $metadata?.httpStatusCode === 404;
};

const unavailable = (cause: unknown) => new AppError("storage_unavailable", { cause });
