import { beforeEach, describe, expect, test } from "vitest";
import * as events from "@/app/api/jobs/[id]/events/route";
import * as download from "@/app/api/pictures/[id]/download/route";
import * as file from "@/app/api/pictures/[id]/file/route";
import * as picture from "@/app/api/pictures/[id]/route";
import * as pictures from "@/app/api/pictures/route";
import { forgetRates, limitRate } from "@/lib/accounts/limit-rate";
import type { Owner } from "@/lib/accounts/owner";
import { db } from "@/lib/db/client";
import { cancelJob } from "@/lib/jobs/cancel-job";
import { addPicture } from "@/lib/pictures/add-picture";
import { MAX_PICTURE_BYTES } from "@/lib/pictures/picture-limits";
import { call } from "../support/api";
import { onBothWithFiles, pictureFile, someAccount, someGuest, someJob } from "../support/pictures";

onBothWithFiles("the API", () => {
  beforeEach(() => forgetRates());

  const upload = (owner: Owner | null, body: BodyInit, address = "/api/pictures", headers = {}) =>
    call(pictures.POST, owner, address, { method: "POST", body, headers });

  function form(bytes: Buffer, name: string): FormData {
    const fields = new FormData();
    fields.append("file", new File([new Uint8Array(bytes)], name));
    return fields;
  }

  describe("uploads", () => {
    test("a first visit becomes a guest who finds the picture again", async () => {
      const { bytes } = await pictureFile();
      const answer = await upload(null, form(bytes, "Strand.jpg"));
      expect(answer.status).toBe(201);
      expect(await answer.json()).toMatchObject({
        picture: { kind: "upload", title: "Strand", width: 64, height: 48 },
      });
      const cookie = answer.headers.get("set-cookie") ?? "";
      expect(cookie).toMatch(/^mosaiq-guest=[^;]+; Path=\/; .*Max-Age=34560000; HttpOnly; SameSite=lax$/i);
      const list = await call(pictures.GET, null, "/api/pictures", {
        headers: { cookie: cookie.split(";")[0]! },
      });
      expect(((await list.json()) as { pictures: unknown[] }).pictures).toHaveLength(1);
    });

    test("the bare bytes will do, with the name beside them; the same again answers 200", async () => {
      const owner = await someAccount();
      const { bytes } = await pictureFile();
      const first = await upload(owner, new Uint8Array(bytes), "/api/pictures?name=%E6%B5%B7.png");
      expect([first.status, await first.json()]).toMatchObject([
        201,
        { picture: { title: "海", mime: "image/jpeg" } },
      ]);
      const again = await upload(owner, new Uint8Array(bytes));
      expect([again.status, await again.json()]).toMatchObject([200, { picture: { title: "海" } }]);
    });

    test("too many bytes are refused without reading them to the end, declared or not", async () => {
      const owner = await someAccount();
      let sentBytes = 0;
      const endless = new ReadableStream({
        pull(controller) {
          sentBytes += 1 << 20;
          controller.enqueue(new Uint8Array(1 << 20));
        },
      });
      const answer = await upload(owner, endless);
      expect([answer.status, await answer.json()]).toMatchObject([413, { code: "picture_too_large" }]);
      expect(sentBytes).toBeLessThan(MAX_PICTURE_BYTES + (8 << 20));
      const declared = await upload(owner, "x", "/api/pictures", {
        "content-length": String(MAX_PICTURE_BYTES + 1),
      });
      expect(declared.status).toBe(413);
    });

    test("a form without a file, and one that is none", async () => {
      const owner = await someAccount();
      const empty = new FormData();
      empty.append("file", "just text");
      for (const body of [empty, "broken"]) {
        const headers = body === "broken" ? { "content-type": "multipart/form-data; boundary=x" } : {};
        const answer = await upload(owner, body, "/api/pictures", headers);
        expect([answer.status, await answer.json()]).toMatchObject([422, { code: "input_invalid" }]);
      }
    });

    test("refusals speak the reader's language: the chosen one before the browser's", async () => {
      const owner = await someGuest();
      const say = async (headers: Record<string, string>) =>
        ((await (await upload(owner, "text", "/api/pictures", headers)).json()) as { message: string })
          .message;
      expect(await say({})).toMatch(/^This file is not a picture/);
      expect(await say({ "accept-language": "zh-CN,zh;q=0.9,en;q=0.8" })).toMatch(/^这个文件不是/);
      expect(await say({ "accept-language": "en", cookie: "locale=zh" })).toMatch(/^这个文件不是/);
    });

    test("a script is slowed down, and told for how long", async () => {
      const owner = await someAccount();
      for (let i = 0; i < 120; i++) await limitRate("upload", owner.id);
      const answer = await upload(owner, "x");
      expect([answer.status, await answer.json()]).toMatchObject([
        429,
        { code: "rate_limited", retryable: true },
      ]);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    });
  });

  describe("files", () => {
    const added = async (name?: string) => {
      const owner = await someAccount();
      const upload = await pictureFile(name);
      return { owner, upload, id: (await addPicture(owner.id, upload)).picture.id };
    };

    test("may be kept by the asker alone, and are not sent twice", async () => {
      const { owner, id } = await added();
      const ask = (headers = {}) => call(file.GET, owner, "/x?width=320", { params: { id }, headers });
      const first = await ask();
      expect(Object.fromEntries(first.headers)).toMatchObject({
        "cache-control": "private, max-age=31536000, immutable",
        "content-type": "image/webp",
        "x-content-type-options": "nosniff",
        vary: "Cookie",
      });
      const etag = first.headers.get("etag")!;
      const second = await ask({ "if-none-match": `"x", W/${etag}` });
      expect([second.status, (await second.arrayBuffer()).byteLength]).toEqual([304, 0]);
      const other = await ask({ "if-none-match": '"another"' });
      expect(other.status).toBe(200);
    });

    test("another size has another tag, and odd sizes do not exist", async () => {
      const { owner, id } = await added();
      const tag = async (query: string) =>
        (await call(file.GET, owner, `/x${query}`, { params: { id } })).headers.get("etag");
      expect(new Set([await tag("?width=320"), await tag("?width=640"), await tag("")]).size).toBe(3);
      for (const width of ["0", "321", "-1", "x", "1e9"]) {
        const answer = await call(file.GET, owner, `/x?width=${width}`, { params: { id } });
        expect([answer.status, await answer.json()]).toMatchObject([422, { code: "input_invalid" }]);
      }
    });

    test("the download is the original to save, under a name that can't break out", async () => {
      const { owner, id, upload } = await added('a"b\r\nSet-Cookie: x=y; 海é.jpg');
      const answer = await call(download.GET, owner, "/x", { params: { id } });
      expect(Buffer.from(await answer.arrayBuffer()).equals(upload.bytes)).toBe(true);
      expect(answer.headers.get("content-type")).toBe("image/jpeg");
      expect(answer.headers.get("content-disposition")).toBe(
        `attachment; filename="a-b Set-Cookie- x=y; __.jpg"; filename*=UTF-8''a-b%20Set-Cookie-%20x%3Dy%3B%20%E6%B5%B7%C3%A9.jpg`,
      );
      expect(answer.headers.get("set-cookie")).toBeNull();
    });
  });

  describe("one picture", () => {
    test("is renamed, loved, trashed and restored", async () => {
      const owner = await someAccount();
      const { picture: added } = await addPicture(owner.id, await pictureFile());
      const params = { id: added.id };
      const body = JSON.stringify({ title: "Summer", favourite: true });
      const changed = await call(picture.PATCH, owner, "/x", { params, method: "PATCH", body });
      expect(await changed.json()).toMatchObject({ picture: { title: "Summer", favourite: true } });
      expect((await call(picture.DELETE, owner, "/x", { params, method: "DELETE" })).status).toBe(204);
      const trash = await call(pictures.GET, owner, "/api/pictures?shelf=trash");
      expect(await trash.json()).toMatchObject({ pictures: [{ id: added.id }], nextCursor: null });
      const back = await call(picture.POST, owner, "/x", { params, method: "POST" });
      expect(await back.json()).toMatchObject({ picture: { trashedAt: null } });
    });

    test.each(["{}", "[]", "null", "{", '{"title": 1}', '{"favourite": "yes"}'])(
      "a change of %s is none",
      async (body) => {
        const owner = await someAccount();
        const { picture: added } = await addPicture(owner.id, await pictureFile());
        const answer = await call(picture.PATCH, owner, "/x", {
          params: { id: added.id },
          method: "PATCH",
          body,
        });
        expect([answer.status, await answer.json()]).toMatchObject([422, { code: "input_invalid" }]);
      },
    );
  });

  describe("a job's news", () => {
    const readAll = async (answer: Response) =>
      (await answer.text())
        .split("\n\n")
        .filter((part) => part.startsWith("data: "))
        .map((part) => JSON.parse(part.slice("data: ".length)));

    test("arrive as events until its end, with the reason in the reader's language", async () => {
      const owner = await someAccount();
      const job = await someJob(owner);
      await db().job.update({ where: { id: job.id }, data: { state: "queued" } });
      const answer = await call(events.GET, owner, "/x", { params: { id: job.id }, headers: { cookie: "" } });
      expect(answer.status).toBe(404);
      const live = await call(events.GET, owner, "/x", {
        params: { id: job.id },
        headers: { "accept-language": "zh" },
      });
      expect(live.headers.get("content-type")).toMatch(/^text\/event-stream/);
      const news = readAll(live);
      await cancelJob(owner.id, job.id);
      expect(await news).toMatchObject([
        { id: job.id, state: "queued", progress: 0, errorCode: null, message: null },
        { state: "cancelled", errorCode: "cancelled", message: "任务已取消。", retryable: false },
      ]);
    });

    test("stop being looked for when the reader leaves", async () => {
      const owner = await someAccount();
      const job = await someJob(owner);
      const answer = await call(events.GET, owner, "/x", { params: { id: job.id } });
      const reader = answer.body!.getReader();
      expect(new TextDecoder().decode((await reader.read()).value)).toContain('"state":"running"');
      await reader.cancel();
      await expect(reader.closed).resolves.toBeUndefined();
    });
  });
});
