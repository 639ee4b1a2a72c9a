import { EventEmitter, once } from "node:events";
import { appendFile, readdir, utimes } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { forgetRates, limitRate } from "@/lib/accounts/limit-rate";
import type { Owner } from "@/lib/accounts/owner";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { listPictures } from "@/lib/pictures/list-pictures";
import { MAX_PICTURE_BYTES } from "@/lib/pictures/picture-limits";
import { readOriginal } from "@/lib/pictures/read-picture-file";
import { storage } from "@/lib/storage/open-storage";
import { clearDrafts } from "@/lib/uploads/clear-drafts";
import { DRAFT_HOURS, draftFolder } from "@/lib/uploads/draft-store";
import { onBothWithFiles, pictureFile, someAccount, someGuest } from "../support/pictures";
import { begin, idOf, offsetOf, send, tus } from "../support/tus";

onBothWithFiles("uploads", () => {
  beforeEach(() => forgetRates());

  const drafts = () => readdir(draftFolder());
  const part = (bytes: Buffer, from: number, to?: number) => new Uint8Array(bytes.subarray(from, to));
  const count = (owner: Owner) => db().picture.count({ where: { ownerId: owner.id } });

  /** An upload of which the first half is there. */
  async function halfway(owner: Owner) {
    const { bytes } = await pictureFile();
    const half = Math.floor(bytes.length / 2);
    const id = idOf(await begin(owner, { length: bytes.length, name: "海.jpg" }));
    expect((await send(owner, id, 0, part(bytes, 0, half))).status).toBe(204);
    return { bytes, half, id };
  }

  test("a picture arrives in parts and is there when the last one is acknowledged", async () => {
    const owner = await someAccount();
    const { bytes, half, id } = await halfway(owner);
    expect(await count(owner)).toBe(0);
    expect(await offsetOf(owner, id)).toBe(half);
    const last = await send(owner, id, half, part(bytes, half));
    expect([last.status, await last.json()]).toMatchObject([
      200,
      { isNew: true, picture: { title: "海", width: 64 } },
    ]);
    const [picture] = (await listPictures(owner.id)).pictures;
    expect(await (await readOriginal(owner.id, picture!.id)).read()).toEqual(bytes);
    expect(await drafts()).toEqual([]);
    expect(await offsetOf(owner, id)).toBeNull();
  });

  test("small files come with their creation; a first visit becomes a guest", async () => {
    const { bytes } = await pictureFile();
    const answer = await begin(null, { length: bytes.length, first: bytes });
    expect([answer.status, await answer.json()]).toMatchObject([201, { isNew: true }]);
    expect(answer.headers.get("location")).toMatch(/^\/api\/uploads\/[0-9a-f]{32}$/);
    expect(answer.headers.get("set-cookie")).toMatch(/^mosaiq-guest=/);
    expect(await drafts()).toEqual([]);
  });

  test("a line that breaks loses nothing of what had arrived", async () => {
    const owner = await someAccount();
    const { bytes, half, id } = await halfway(owner);
    const breaking = new ReadableStream({
      start: (controller) => controller.enqueue(part(bytes, half, half + 100)),
      pull: (controller) => controller.error(new Error("connection reset")),
    });
    expect((await send(owner, id, half, breaking)).status).toBeGreaterThanOrEqual(400);
    const there = (await offsetOf(owner, id))!;
    expect(there).toBeGreaterThanOrEqual(half);
    expect(there).toBeLessThanOrEqual(half + 100);
    expect((await send(owner, id, there, part(bytes, there))).status).toBe(200);
    expect(await count(owner)).toBe(1);
  });

  test("bytes that come twice, or from beyond, are not written", async () => {
    const owner = await someAccount();
    const { bytes, half, id } = await halfway(owner);
    expect((await send(owner, id, 0, part(bytes, 0, half))).status).toBe(409);
    expect((await send(owner, id, half + 1, part(bytes, half + 1))).status).toBe(409);
    expect(await offsetOf(owner, id)).toBe(half);
    const surplus = Buffer.concat([bytes.subarray(half), Buffer.alloc(4096)]);
    expect((await send(owner, id, half, new Uint8Array(surplus))).status).toBe(413);
    expect(await count(owner)).toBe(0);
    await tus("DELETE", owner, id);
    expect(await drafts()).toEqual([]);
  });

  test("another's upload does not exist, whatever is asked of it", async () => {
    const [ann, ben] = [await someAccount(), await someGuest()];
    const { bytes, half, id } = await halfway(ann);
    for (const stranger of [ben, null]) {
      const answers = [
        await tus("HEAD", stranger, id),
        await send(stranger, id, half, part(bytes, half)),
        await tus("DELETE", stranger, id),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    }
    for (const wrong of ["0".repeat(32), `${id}.json`, "../secrets.json", `x/${id}`, "%00"])
      expect((await tus("HEAD", ann, wrong)).status).toBe(404);
    expect(await offsetOf(ann, id)).toBe(half);
    expect((await send(ann, id, half, part(bytes, half))).status).toBe(200);
    expect(await count(ben)).toBe(0);
  });

  test("the same file again gives the picture that is there, undecoded", async () => {
    const owner = await someAccount();
    const { bytes } = await pictureFile();
    const once = await (await begin(owner, { length: bytes.length, first: bytes })).json();
    const again = await begin(owner, { length: bytes.length, first: bytes, name: "again.jpg" });
    expect(await again.json()).toEqual({ ...once, isNew: false });
    expect(await count(owner)).toBe(1);
  });

  describe("what is refused leaves nothing behind", () => {
    const refused = async (owner: Owner, answer: Response, status: number, code: string) => {
      expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
      expect(await count(owner)).toBe(0);
      expect(await drafts()).toEqual([]);
    };

    test("half a picture", async () => {
      const owner = await someAccount();
      const bytes = (await pictureFile("x.jpg", { width: 640, height: 480 })).bytes.subarray(0, 20_000);
      await refused(owner, await begin(owner, { length: 20_000, first: bytes }), 422, "picture_unreadable");
      const id = idOf(await begin(owner, { length: 20_000 }));
      await refused(owner, await send(owner, id, 0, part(bytes, 0)), 422, "picture_unreadable");
      expect(await offsetOf(owner, id)).toBeNull();
    });

    test("no picture, and nothing at all", async () => {
      const owner = await someAccount();
      const text = Buffer.from("not a picture");
      const answer = await begin(owner, { length: text.length, first: text });
      await refused(owner, answer, 415, "picture_type_unsupported");
      await refused(owner, await begin(owner, { length: 0 }), 415, "picture_type_unsupported");
    });

    test("more bytes than a picture may have, before the first of them", async () => {
      const owner = await someAccount();
      const answer = await begin(owner, { length: MAX_PICTURE_BYTES + 1 });
      expect((await answer.clone().json()).message).toContain("30 MB");
      await refused(owner, answer, 413, "picture_too_large");
    });

    test("an upload that does not say its length", async () => {
      const owner = await someAccount();
      const answer = await tus("POST", owner, undefined, { headers: { "upload-defer-length": "1" } });
      await refused(owner, answer, 422, "input_invalid");
    });

    test("other sites' pages, and scripts in a hurry", async () => {
      const owner = await someAccount();
      const headers = { "upload-length": "5", origin: "https://evil.example" };
      await refused(owner, await tus("POST", owner, undefined, { headers }), 403, "origin_mismatch");
      for (let i = 0; i < 5_000; i++) await limitRate("import", owner.id);
      await refused(owner, await begin(owner, { length: 5 }), 429, "rate_limited");
    });
  });

  describe("nothing is lost on the last step", () => {
    test("a process that ended before it took a whole file in asks for the last byte again", async () => {
      const owner = await someAccount();
      const { bytes, half, id } = await halfway(owner);
      await appendFile(path.join(draftFolder(), id), bytes.subarray(half));
      expect(await offsetOf(owner, id)).toBe(bytes.length - 1);
      const last = await send(owner, id, bytes.length - 1, part(bytes, bytes.length - 1));
      expect([last.status, await last.json()]).toMatchObject([200, { isNew: true }]);
    });

    test("a full disk is told, and after that it goes on where it was", async () => {
      const owner = await someAccount();
      const { bytes, half, id } = await halfway(owner);
      vi.spyOn(storage(), "put").mockRejectedValueOnce(new AppError("disk_full"));
      const full = await send(owner, id, half, part(bytes, half));
      expect([full.status, await full.json()]).toMatchObject([507, { code: "disk_full", retryable: true }]);
      vi.restoreAllMocks();
      expect(await count(owner)).toBe(0);
      const there = (await offsetOf(owner, id))!;
      expect((await send(owner, id, there, part(bytes, there))).status).toBe(200);
      expect(await count(owner)).toBe(1);
    });
  });

  test("who asks while the file is being taken in waits for it, and then finds it gone", async () => {
    const owner = await someAccount();
    const { bytes, half, id } = await halfway(owner);
    const gate = new EventEmitter();
    const opened = once(gate, "open");
    const reached = once(gate, "reached");
    const put = vi.spyOn(storage(), "put").mockImplementationOnce(async (content) => {
      gate.emit("reached");
      await opened;
      put.mockRestore();
      return storage().put(content);
    });
    const last = send(owner, id, half, part(bytes, half));
    await reached;
    const asked = offsetOf(owner, id);
    gate.emit("open");
    expect(await asked).toBeNull();
    expect((await last).status).toBe(200);
    expect(await count(owner)).toBe(1);
  });

  test("uploads that were given up go after a day, and not before", async () => {
    const owner = await someAccount();
    const [old, young] = [await halfway(owner), await halfway(owner)];
    const before = new Date(Date.now() - (DRAFT_HOURS + 1) * 60 * 60 * 1000);
    for (const name of [old.id, `${old.id}.json`])
      await utimes(path.join(draftFolder(), name), before, before);
    expect(await clearDrafts()).toBe(2);
    expect(await offsetOf(owner, old.id)).toBeNull();
    expect(await offsetOf(owner, young.id)).toBe(young.half);
    await tus("DELETE", owner, young.id);
  });
});
