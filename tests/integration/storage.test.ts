import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, mkdtemp, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { diskStorage } from "@/lib/storage/disk-storage";
import type { ManifestEntry } from "@/lib/storage/manifest";
import { replayManifest } from "@/lib/storage/replay-manifest";
import { s3Storage } from "@/lib/storage/s3-storage";
import type { Storage } from "@/lib/storage/storage";
import { startS3 } from "../support/s3";

const BYTES = Buffer.from("an original");
const HASH = createHash("sha256").update(BYTES).digest("hex");
const PERSON = "01936b3e-0000-7000-8000-000000000001";
const ACCOUNT = "01936b3e-0000-7000-8000-000000000002";
const added = (id: number): ManifestEntry => ({
  event: "added",
  at: `2026-01-01T00:00:0${id}.000Z`,
  picture: {
    id: `01936b3e-0000-7000-8000-00000000010${id}`,
    ownerId: PERSON,
    kind: "upload",
    blob: createHash("sha256").update(`original ${id}`).digest("hex"),
    mime: "image/png",
    sizeBytes: BYTES.length,
    width: 1,
    height: 1,
    title: `picture ${id}`,
  },
});

let root = "";
let s3: Awaited<ReturnType<typeof startS3>>;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.stop());
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "mosaiq-storage-"));
  return () => rm(root, { recursive: true, force: true });
});

const kinds: [string, () => Storage][] = [
  ["disk", () => diskStorage(root)],
  ["S3", () => s3Storage(s3.settings)],
];
describe.each(kinds)("storage on %s", (_, open) => {
  test("gives back what it was given, by hash, once or in parts", async () => {
    const storage = open();
    async function* parts() {
      yield BYTES.subarray(0, 3);
      yield BYTES.subarray(3);
    }
    expect(await storage.put(parts())).toEqual({ hash: HASH, sizeBytes: BYTES.length });
    expect(await storage.put(BYTES)).toEqual({ hash: HASH, sizeBytes: BYTES.length });
    expect(await storage.has(HASH)).toBe(true);
    expect(await storage.read(HASH)).toEqual(BYTES);
    expect(await buffer(await storage.open(HASH))).toEqual(BYTES);
    const listed: string[] = [];
    for await (const { hash, storedAt } of storage.list())
      if (Math.abs(storedAt.getTime() - Date.now()) < 60_000) listed.push(hash);
    expect(listed).toEqual([HASH]);
    expect(await storage.verify(HASH)).toBe(true);
    await storage.remove(HASH);
    expect(await storage.has(HASH)).toBe(false);
  });

  test("an original takes with it everything that was derived from it, and nothing else", async () => {
    const storage = open();
    const other = "1".repeat(64);
    await storage.put(BYTES);
    for (const key of [`${HASH}/w320.webp`, `${HASH}/export.pdf`, `${other}/w320.webp`])
      await storage.putDerived(key, BYTES);
    await storage.remove(HASH);
    expect(await storage.readDerived(`${HASH}/w320.webp`)).toBeNull();
    expect(await storage.readDerived(`${HASH}/export.pdf`)).toBeNull();
    expect(await storage.readDerived(`${other}/w320.webp`)).toEqual(BYTES);
  });

  test("a missing original has its own code; a missing derivative is simply not there", async () => {
    const storage = open();
    await expect(storage.open("0".repeat(64))).rejects.toMatchObject({ code: "file_missing" });
    await expect(storage.read("0".repeat(64))).rejects.toMatchObject({ code: "file_missing" });
    expect(await storage.verify("0".repeat(64))).toBe(false);
    expect(await storage.readDerived("none/thumb.webp")).toBeNull();
    await storage.putDerived("some/thumb.webp", BYTES);
    expect(await storage.readDerived("some/thumb.webp")).toEqual(BYTES);
  });

  test.each(["../secrets.json", "a/../../b", "/etc/passwd", "", "a//b", ".hidden"])(
    "refuses the name %j",
    async (name) => {
      const storage = open();
      await expect((async () => storage.read(name))()).rejects.toThrow();
      await expect((async () => storage.readDerived(name))()).rejects.toThrow();
      await expect((async () => storage.putDerived(name, BYTES))()).rejects.toThrow();
    },
  );

  test("the manifest keeps its order and rebuilds who owns what", async () => {
    const storage = open();
    await storage.appendManifest(added(1));
    await storage.appendManifest(added(2));
    const at = "2026-01-01T00:00:05.000Z";
    await storage.appendManifest({ event: "purged", at, pictureId: picture(added(1)).id });
    await storage.appendManifest({
      event: "moved",
      at: "2026-01-01T00:00:06.000Z",
      fromOwnerId: PERSON,
      toOwnerId: ACCOUNT,
    });
    const { pictures } = await replayManifest(storage.readManifest());
    expect([...pictures.values()]).toEqual([
      {
        ...{ ...picture(added(2)), ownerId: ACCOUNT, createdAt: new Date("2026-01-01T00:00:02.000Z") },
        ...{ caption: "", favourite: false, placeHidden: false, textDenied: false, trashedAt: null },
      },
    ]);
  });

  test("of what was said in the same millisecond, the last word counts", async () => {
    const storage = open();
    await storage.appendManifest(added(3));
    const { id } = picture(added(3));
    for (let i = 0; i < 12; i++)
      await storage.appendManifest({
        ...{ event: "changed", at: "2026-01-01T00:00:09.000Z" },
        ...{ pictureIds: [id], title: `title ${i}` },
      });
    expect((await replayManifest(storage.readManifest())).pictures.get(id)?.title).toBe("title 11");
  });

  test("content whose stream breaks leaves nothing", async () => {
    const storage = open();
    async function* broken() {
      yield Buffer.from("half of it");
      throw new Error("connection lost");
    }
    await expect(storage.put(broken())).rejects.toThrow("connection lost");
    expect(await storage.removeLeftovers(-1_000)).toBe(0);
  });
});

describe("storage on disk", () => {
  test.each(["opened", "part-written", "written", "synced", "renamed", "folder-synced"])(
    "killed when %s: whole or not at all, and the next start clears up",
    async (step) => {
      const script = path.resolve("tests/support/store-and-die.ts");
      const child = spawnSync(process.execPath, ["--import", "tsx", script, root, step], {
        encoding: "utf8",
      });
      expect(child.signal, child.stderr).toBe("SIGKILL");
      const storage = diskStorage(root);
      const hash = createHash("sha256");
      for (let part = 0; part < 3; part++) hash.update(Buffer.alloc(1 << 20, part));
      const name = hash.digest("hex");
      const isThere = step === "renamed" || step === "folder-synced";
      expect(await storage.has(name)).toBe(isThere);
      expect(await storage.verify(name)).toBe(isThere);
      expect(await storage.removeLeftovers(-1_000)).toBe(isThere ? 0 : 1);
      expect(await readdir(path.join(root, "incoming"))).toEqual([]);
    },
  );

  test("a full disk is told as such and leaves nothing half-written", async () => {
    const storage = diskStorage(root, (step) => {
      if (step === "part-written")
        throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    });
    await expect(storage.put(BYTES)).rejects.toMatchObject({ code: "disk_full", status: 507 });
    expect(await readdir(path.join(root, "incoming"))).toEqual([]);
    expect(await storage.has(HASH)).toBe(false);
  });

  test("a cut-off original is noticed, and storing it again mends it", async () => {
    const storage = diskStorage(root);
    await storage.put(BYTES);
    const file = path.join(root, "originals", HASH.slice(0, 2), HASH.slice(2, 4), HASH);
    await truncate(file, 4);
    expect(await storage.has(HASH)).toBe(true);
    expect(await storage.verify(HASH)).toBe(false);
    await storage.put(BYTES);
    expect(await storage.verify(HASH)).toBe(true);
  });

  test("a line that a crash cut off costs only itself", async () => {
    const storage = diskStorage(root);
    await storage.appendManifest(added(1));
    await appendFile(path.join(root, "originals/manifest.jsonl"), '{"event":"added","at":"2026');
    await storage.appendManifest(added(2));
    expect([...(await replayManifest(storage.readManifest())).pictures.keys()]).toEqual([
      picture(added(1)).id,
      picture(added(2)).id,
    ]);
  });

  test("lines of a later version are not passed over", async () => {
    const storage = diskStorage(root);
    await storage.appendManifest(added(1));
    await appendFile(path.join(root, "originals/manifest.jsonl"), '{"v":2,"event":"added"}\n');
    await expect(replayManifest(storage.readManifest())).rejects.toThrow("version 2");
  });

  test("an upload that is still running is not taken for a leftover", async () => {
    const storage = diskStorage(root);
    await storage.put(BYTES);
    const running = path.join(root, "incoming", "running");
    await writeFile(running, "half");
    expect(await storage.removeLeftovers(60_000)).toBe(0);
    expect((await stat(running)).isFile()).toBe(true);
  });
});

const picture = (entry: ManifestEntry) =>
  entry.event === "added" ? entry.picture : expect.fail("not added");
