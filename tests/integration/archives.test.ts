import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import * as cancelRoute from "@/app/api/jobs/[id]/cancel/route";
import * as jobRoute from "@/app/api/jobs/[id]/route";
import type { Owner } from "@/lib/accounts/owner";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { runJob } from "@/lib/jobs/run-job";
import { ARCHIVE_IMPORT } from "@/lib/scenarios/archive-import/archive-import.job";
import { jobHandlers } from "@/lib/scenarios/registry";
import { storage } from "@/lib/storage/open-storage";
import { draftFolder } from "@/lib/uploads/draft-store";
import { importArchive } from "@/lib/uploads/import-archive";
import { call } from "../support/api";
import { type Packed, tamper, zipOf } from "../support/archives";
import { codeOf, onBothWithFiles, pictureFile, someAccount } from "../support/pictures";
import { begin, tus } from "../support/tus";

onBothWithFiles("archives", () => {
  const jpegs = (count: number): Promise<Packed[]> =>
    Promise.all(Array.from({ length: count }, (_, i) => pictureFile(`trip/day ${i + 1}.jpg`)));
  const titles = async (owner: Owner) => {
    const rows = await db().picture.findMany({ where: { ownerId: owner.id }, select: { title: true } });
    return rows.map(({ title }) => title).sort();
  };

  /** Imports an archive's bytes; `stopAfter` ends it after so many files. */
  async function unpack(
    owner: Owner,
    bytes: Buffer,
    { stopAfter = Number.POSITIVE_INFINITY, since = new Date() } = {},
  ) {
    const folder = await mkdtemp(path.join(tmpdir(), "mosaiq-test-"));
    const stop = new AbortController();
    let begun = 0;
    try {
      await writeFile(path.join(folder, "a.zip"), bytes);
      return await importArchive(path.join(folder, "a.zip"), {
        ...{ findOwner: async () => owner.id, since, signal: stop.signal },
        onProgress: () => {
          if (++begun === stopAfter) stop.abort();
        },
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  describe("what is in them", () => {
    test("pictures go into the gallery by their own names; litter and links are not spoken of", async () => {
      const owner = await someAccount();
      const [one, two] = await jpegs(2);
      const report = await unpack(
        owner,
        await zipOf([
          { ...one!, name: "trip/海边.jpg" },
          two!,
          { name: "again.jpg", bytes: one!.bytes },
          { name: "__MACOSX/trip/._day 2.jpg", bytes: Buffer.from("x") },
          { name: "trip/.DS_Store", bytes: Buffer.from("x") },
          { name: "passwd.jpg", bytes: Buffer.from("/etc/passwd"), mode: 0o120777 },
          { name: "notes.txt", bytes: Buffer.from("milk") },
          { name: "more.zip", bytes: await zipOf(await jpegs(1)) },
        ]),
      );
      expect(report).toEqual({
        ...{ added: 3, present: 0, refused: 2 },
        told: [
          { name: "notes.txt", code: "picture_type_unsupported", details: {} },
          { name: "more.zip", code: "picture_type_unsupported", details: {} },
        ],
      });
      expect(await titles(owner)).toEqual(["day 2", "海边"]);
    });

    test("names that programs for Chinese write in GBK are read", async () => {
      const owner = await someAccount();
      const [file] = await jpegs(1);
      // 照片 in GBK, and a name as long in UTF-8's letters, marked as not being UTF-8.
      const packed = await zipOf([{ ...file!, name: "abcd.jpg" }]);
      await unpack(owner, tamper(packed, "abcd.jpg", Buffer.from("d5d5c6ac2e6a7067", "hex")));
      expect(await titles(owner)).toEqual(["照片"]);
    });

    test("an import that was interrupted goes on, and nothing comes twice", async () => {
      const owner = await someAccount();
      const packed = await zipOf(await jpegs(5));
      const since = new Date();
      await expect(unpack(owner, packed, { stopAfter: 3, since })).rejects.toThrow();
      expect(await titles(owner)).toHaveLength(3);
      expect(await unpack(owner, packed, { since })).toMatchObject({ added: 5, present: 0 });
      expect(await titles(owner)).toHaveLength(5);
      const later = new Date(Date.now() + 1);
      expect(await unpack(owner, packed, { since: later })).toMatchObject({ added: 0, present: 5 });
    });
  });

  describe("hostile ones", () => {
    test("a name that leads out of the folder is a title like any other", async () => {
      const owner = await someAccount();
      const [file] = await jpegs(1);
      const packed = await zipOf([{ ...file!, name: "aa/bb/ccc/slip.jpg" }]);
      const report = await unpack(
        owner,
        tamper(packed, "aa/bb/ccc/slip.jpg", "../../../etc\\slip.jpg".slice(0, 18)),
      );
      expect(report).toMatchObject({ added: 1, refused: 0 });
      expect(await titles(owner)).toHaveLength(1);
    });

    test("a bomb is not unpacked", async () => {
      const owner = await someAccount();
      const zeros = Buffer.alloc(25 << 20);
      const bomb = await zipOf([1, 2, 3].map((i) => ({ name: `${i}.png`, bytes: zeros })));
      expect(bomb.length).toBeLessThan(200_000);
      expect(await codeOf(unpack(owner, bomb))).toBe("archive_bomb");
    });

    test("a file that is longer than it says is ended, and the next one taken", async () => {
      const owner = await someAccount();
      const [file] = await jpegs(1);
      const claim = (size: number) => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32LE(size);
        return bytes;
      };
      const packed = await zipOf([{ name: "long.png", bytes: Buffer.alloc(40 << 20) }, file!]);
      expect(await unpack(owner, tamper(packed, claim(40 << 20), claim(1000)))).toMatchObject({
        ...{ added: 1, refused: 1 },
        told: [{ name: "long.png", code: "archive_unreadable" }],
      });
    });

    test("a single file of more than a picture's bytes is left packed", async () => {
      const owner = await someAccount();
      const packed = await zipOf([{ name: "long.png", bytes: Buffer.alloc(40 << 20) }]);
      expect((await unpack(owner, packed)).told).toMatchObject([{ code: "picture_too_large" }]);
    });

    test("more files than anyone packs", async () => {
      const many = Array.from({ length: 5_001 }, (_, i) => ({ name: `${i}.jpg`, bytes: Buffer.alloc(0) }));
      expect(await codeOf(unpack(await someAccount(), await zipOf(many)))).toBe("archive_too_many");
    });

    test("one that is cut off, and one that is none", async () => {
      const owner = await someAccount();
      const packed = await zipOf(await jpegs(2));
      expect(await codeOf(unpack(owner, packed.subarray(0, packed.length - 30)))).toBe("archive_unreadable");
      expect(await codeOf(unpack(owner, Buffer.from("PK\u0003\u0004 no more")))).toBe("archive_unreadable");
    });
  });

  describe("as an upload", () => {
    const never = new AbortController().signal;
    const news = async (owner: Owner | null, id: string) =>
      (await call(jobRoute.GET, owner, "/x", { params: { id } })).json();
    const upload = async (owner: Owner, bytes: Buffer) => {
      const answer = await begin(owner, { length: bytes.length, first: bytes, name: "trip.zip" });
      expect(answer.status).toBe(201);
      const { jobId } = (await answer.json()) as { jobId: string };
      const { input } = await db().job.findUniqueOrThrow({ where: { id: jobId } });
      return { jobId, blob: (input as { blob: string }).blob };
    };

    test("it becomes a job whose end its owner can read, and is gone then", async () => {
      const owner = await someAccount();
      const { jobId, blob } = await upload(
        owner,
        await zipOf([...(await jpegs(2)), { name: "notes.txt", bytes: Buffer.from("milk") }]),
      );
      expect(await readdir(draftFolder())).toEqual([]);
      expect(await news(owner, jobId)).toMatchObject({ state: "queued", archive: null });
      await runJob(jobHandlers, jobId, never);
      expect(await news(owner, jobId)).toMatchObject({
        ...{ scenario: ARCHIVE_IMPORT, state: "done" },
        archive: {
          ...{ added: 2, present: 0, refused: 1 },
          told: [{ name: "notes.txt", message: expect.stringMatching(/^This file is not a picture/) }],
        },
      });
      expect(await storage().has(blob)).toBe(false);
      expect(await news(await someAccount(), jobId)).toMatchObject({ code: "not_found" });
    });

    test("a damaged one fails with its reason and leaves nothing", async () => {
      const owner = await someAccount();
      const { jobId, blob } = await upload(owner, Buffer.from("PK\u0003\u0004 no more"));
      await runJob(jobHandlers, jobId, never);
      expect(await news(owner, jobId)).toMatchObject({ state: "failed", errorCode: "archive_unreadable" });
      expect(await storage().has(blob)).toBe(false);
    });

    test("one that is cancelled while it waits is gone, unless another waits for the same", async () => {
      const [ann, ben] = [await someAccount(), await someAccount()];
      const packed = await zipOf(await jpegs(2));
      const [first, second] = [await upload(ann, packed), await upload(ben, packed)];
      const cancel = (owner: Owner, id: string) =>
        call(cancelRoute.POST, owner, "/x", { method: "POST", params: { id } });
      expect((await cancel(ben, first.jobId)).status).toBe(404);
      expect(await (await cancel(ann, first.jobId)).json()).toMatchObject({ state: "cancelled" });
      expect(await storage().has(first.blob)).toBe(true);
      await cancel(ben, second.jobId);
      expect(await storage().has(first.blob)).toBe(false);
      // Asked once more, it stays as it is.
      expect((await cancel(ben, second.jobId)).status).toBe(200);
    });

    test("two people's same archive waits for the second of them; a process that stops gives its job back", async () => {
      const [ann, ben] = [await someAccount(), await someAccount()];
      const packed = await zipOf(await jpegs(3));
      const [first, second] = [await upload(ann, packed), await upload(ben, packed)];
      expect(first.blob).toBe(second.blob);
      await runJob(jobHandlers, first.jobId, never);
      expect(await storage().has(first.blob)).toBe(true);
      const stopped = new AbortController();
      stopped.abort(new AppError("job_interrupted"));
      await runJob(jobHandlers, second.jobId, stopped.signal);
      expect(await news(ben, second.jobId)).toMatchObject({ state: "queued" });
      expect(await storage().has(first.blob)).toBe(true);
      await runJob(jobHandlers, second.jobId, never);
      expect(await titles(ben)).toHaveLength(3);
      expect(await storage().has(first.blob)).toBe(false);
    });

    test("more bytes than an archive may have, before the first of them", async () => {
      const headers = { "upload-length": String(3 * 2 ** 30), "upload-metadata": `name ${btoa("a.zip")}` };
      expect((await tus("POST", await someAccount(), undefined, { headers })).status).toBe(413);
    });
  });
});
