import sharp from "sharp";
import { beforeEach, describe, expect, test } from "vitest";
import * as download from "@/app/api/shared/[token]/pictures/[id]/download/route";
import * as file from "@/app/api/shared/[token]/pictures/[id]/file/route";
import * as pictures from "@/app/api/shared/[token]/pictures/route";
import * as unlock from "@/app/api/shared/[token]/unlock/route";
import * as shares from "@/app/api/shares/route";
import { adoptGuest } from "@/lib/accounts/adopt-guest";
import { forgetRates } from "@/lib/accounts/limit-rate";
import type { Owner } from "@/lib/accounts/owner";
import { addToAlbum } from "@/lib/albums/add-to-album";
import { createAlbum } from "@/lib/albums/create-album";
import { deleteAlbum } from "@/lib/albums/delete-album";
import { removeFromAlbum } from "@/lib/albums/remove-from-album";
import { db } from "@/lib/db/client";
import { addPicture } from "@/lib/pictures/add-picture";
import { captionPicture } from "@/lib/pictures/caption-picture";
import { emptyTrash } from "@/lib/pictures/purge-trash";
import { restorePictures } from "@/lib/pictures/restore-pictures";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { listShares } from "@/lib/shares/list-shares";
import { makeShare, type ShareTerms } from "@/lib/shares/make-share";
import { revokeShare } from "@/lib/shares/revoke-share";
import { call } from "../support/api";
import { codeOf, noise, onBothWithFiles, pictureFile, someAccount, someGuest } from "../support/pictures";

onBothWithFiles("share links", () => {
  let owner: Owner;
  let albumId: string;
  /** Two in the album, in its order, and one that is not. */
  let inside: [string, string];
  let outside: string;

  beforeEach(async () => {
    forgetRates();
    owner = await someAccount();
    albumId = (await createAlbum(owner.id, "Harbour")).id;
    const ids: string[] = [];
    for (const name of ["one.jpg", "two.jpg", "three.jpg"])
      ids.push((await addPicture(owner.id, await pictureFile(name))).picture.id);
    inside = [ids[0]!, ids[1]!];
    outside = ids[2]!;
    await addToAlbum(owner.id, albumId, inside);
  });

  const album = (terms: ShareTerms = {}, now?: Date) => makeShare(owner.id, { albumId }, terms, now);

  /** Doors behind a link, for somebody without an account. */
  const look = (token: string, cookie?: string) =>
    call(pictures.GET, null, "/x", { params: { token }, ...(cookie ? { headers: { cookie } } : {}) });
  const picture = (token: string, id: string, query = "?width=320") =>
    call(file.GET, null, `/x${query}`, { params: { token, id } });
  const save = (token: string, id: string) => call(download.GET, null, "/x", { params: { token, id } });
  const open = (token: string, password: string, address = "203.0.113.1") =>
    call(unlock.POST, null, "/x", {
      params: { token },
      method: "POST",
      body: JSON.stringify({ password }),
      headers: { "x-forwarded-for": address },
    });

  /** What an answer says, without what differs by the day. */
  const said = async (answer: Response) => [answer.status, await answer.text(), [...answer.headers.keys()]];

  describe("show", () => {
    test("an album in its order to whoever has them, and tell no more than that", async () => {
      const { token, share } = await album();
      await captionPicture(owner.id, inside[0], "Grandma\nat the lake");
      expect(share).toMatchObject({ hasPassword: false, withOriginals: false, expiresAt: null });
      const { pictures: shown } = (await (await look(token)).json()) as { pictures: object[] };
      expect(shown).toMatchObject([
        { id: inside[0], title: "one", caption: "Grandma\nat the lake" },
        { id: inside[1], caption: "" },
      ]);
      expect(Object.keys(shown[0]!).sort()).toEqual(
        ["caption", "height", "id", "revision", "thumbhash", "title", "width"].sort(),
      );
      const answer = await picture(token, inside[0]);
      expect(answer.headers.get("content-type")).toBe("image/webp");
      expect(answer.headers.get("cache-control")).toBe("private, no-cache");
    });

    test("one picture alone", async () => {
      const { token } = await makeShare(owner.id, { pictureId: inside[1] });
      const { pictures: shown } = (await (await look(token)).json()) as { pictures: object[] };
      expect(shown).toMatchObject([{ id: inside[1] }]);
      expect((await picture(token, inside[1], "")).status).toBe(200);
      for (const id of [inside[0], outside]) expect((await picture(token, id)).status).toBe(404);
    });

    test("what comes into the album and leaves it, and nothing from the trash", async () => {
      const { token } = await album();
      const ids = async () =>
        ((await (await look(token)).json()) as { pictures: { id: string }[] }).pictures.map(({ id }) => id);
      await addToAlbum(owner.id, albumId, [outside]);
      expect(await ids()).toEqual([...inside, outside]);
      await removeFromAlbum(owner.id, albumId, [outside]);
      await trashPictures(owner.id, [inside[0]]);
      expect(await ids()).toEqual([inside[1]]);
      for (const id of [inside[0], outside]) expect((await picture(token, id)).status).toBe(404);
      const one = await makeShare(owner.id, { pictureId: inside[1] });
      await trashPictures(owner.id, [inside[1]]);
      expect((await look(one.token)).status).toBe(404);
      await restorePictures(owner.id, [inside[1]]);
      expect((await look(one.token)).status).toBe(200);
    });

    test("no picture whose id was guessed, whoever's it is", async () => {
      const { token } = await album({ withOriginals: true });
      const other = await someAccount();
      const theirs = (await addPicture(other.id, await pictureFile())).picture.id;
      for (const id of [outside, theirs, crypto.randomUUID(), "1", "../x"])
        for (const door of [picture, save]) {
          const answer = await door(token, id);
          expect(answer.status).toBe(404);
          expect(await answer.json()).toMatchObject({ code: "not_found" });
        }
    });
  });

  describe("end", () => {
    test("the same way, whether revoked, run out or never there", async () => {
      const [revoked, old] = [await album(), await album({ days: 7 }, new Date(Date.now() - 8 * 86_400_000))];
      await revokeShare(owner.id, revoked.share.id);
      await revokeShare(owner.id, revoked.share.id);
      const never = "A".repeat(32);
      for (const door of [
        look,
        (token: string) => picture(token, inside[0]),
        (token: string) => save(token, inside[0]),
      ]) {
        const expected = await said(await door(never));
        expect(expected[0]).toBe(404);
        for (const token of [revoked.token, old.token, "x", "' or 1=1"])
          expect(await said(await door(token))).toEqual(expected);
      }
      for (const token of [revoked.token, old.token, never])
        expect((await open(token, "whatever")).status).toBe(404);
      expect(await listShares(owner.id, { albumId })).toEqual([]);
    });

    test("with what they show", async () => {
      const [one, whole] = [await makeShare(owner.id, { pictureId: inside[0] }), await album()];
      await trashPictures(owner.id, [inside[0]]);
      await emptyTrash(owner.id);
      await deleteAlbum(owner.id, albumId);
      for (const { token } of [one, whole]) expect((await look(token)).status).toBe(404);
      expect(await db().share.count({ where: { ownerId: owner.id } })).toBe(0);
    });
  });

  describe("behind a password", () => {
    const password = "four quiet tiles";

    test("open with it, in the browser that gave it, and show nothing before", async () => {
      const [{ token }, other] = [await album({ password }), await album({ password })];
      for (const answer of [await look(token), await picture(token, inside[0]), await look(token, "x=y")]) {
        expect(answer.status).toBe(401);
        expect(await answer.json()).toMatchObject({ code: "share_locked" });
      }
      const wrong = await open(token, "four loud tiles");
      expect([wrong.status, wrong.headers.get("set-cookie")]).toEqual([401, null]);
      expect(await wrong.json()).toMatchObject({ code: "share_password_wrong" });
      const right = await open(token, password);
      expect(right.status).toBe(204);
      const cookie = right.headers.get("set-cookie")!;
      expect(cookie).toMatch(/HttpOnly; SameSite=lax$/i);
      const pass = cookie.split(";")[0]!;
      expect((await look(token, pass)).status).toBe(200);
      // It opens no other link, not even one with the same password.
      expect((await look(other.token, pass)).status).toBe(401);
      const forged = pass.replace(/mosaiq-share-[^=]+/, `mosaiq-share-${other.share.id}`);
      expect((await look(other.token, forged)).status).toBe(401);
    });

    test("a pass outlives no revocation", async () => {
      const { token, share } = await album({ password });
      const pass = (await open(token, password)).headers.get("set-cookie")!.split(";")[0]!;
      await revokeShare(owner.id, share.id);
      expect((await look(token, pass)).status).toBe(404);
    });

    test("guesses run out, for a link from wherever they come", async () => {
      const { token } = await album({ password });
      const statuses: number[] = [];
      for (let i = 0; i < 21; i++) statuses.push((await open(token, `guess ${i}`, `203.0.113.${i}`)).status);
      expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 429]);
      expect((await open(token, password, "203.0.113.99")).status).toBe(429);
    });

    test("and for an address whatever the links", async () => {
      const statuses = new Set<number>();
      const guess = (address: string) => open("B".repeat(32), "x", address);
      for (let i = 0; i < 40; i++) statuses.add((await guess("198.51.100.1")).status);
      expect([...statuses]).toEqual([404]);
      expect((await guess("198.51.100.1")).status).toBe(429);
      expect((await guess("198.51.100.2")).status).toBe(404);
    });
  });

  describe("give files away", () => {
    /** A photo that says where and with what it was taken, lying on its side. */
    async function photo(format: "jpeg" | "png" | "webp" | "avif") {
      const exif = { IFD0: { Make: "Secret camera", Artist: "Ann" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } };
      const bytes = await noise(80, 60)
        .toFormat(format)
        .withExif(exif)
        .withMetadata({ orientation: 6 })
        .toBuffer();
      expect(bytes.includes("Secret camera")).toBe(true);
      const { picture: kept } = await addPicture(owner.id, { bytes, name: `side.${format}` });
      await addToAlbum(owner.id, albumId, [kept.id]);
      return kept;
    }

    test.each(["jpeg", "png", "webp", "avif"] as const)(
      "%s: without a word about camera and place",
      async (format) => {
        const { id, mime } = await photo(format);
        const { token } = await album({ withOriginals: true });
        for (const answer of [
          await save(token, id),
          await picture(token, id),
          await picture(token, id, ""),
        ]) {
          expect(answer.status).toBe(200);
          const bytes = Buffer.from(await answer.arrayBuffer());
          const { exif, xmp, iptc, orientation } = await sharp(bytes).metadata();
          expect([exif, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined]);
          expect(bytes.includes("Secret camera")).toBe(false);
        }
        const saved = await save(token, id);
        expect(saved.headers.get("content-type")).toBe(mime);
        expect(saved.headers.get("content-disposition")).toContain("attachment");
        const { width, height } = await sharp(Buffer.from(await saved.arrayBuffer())).metadata();
        expect([width, height]).toEqual([60, 80]);
      },
    );

    test("only where the link says so", async () => {
      const { token } = await album();
      expect((await save(token, inside[0])).status).toBe(404);
    });
  });

  test("the database holds no token and no password, and the owner is told the link once", async () => {
    const answer = await call(shares.POST, owner, "/api/shares", {
      method: "POST",
      body: JSON.stringify({ albumId, password: "four quiet tiles", days: 7 }),
    });
    expect(answer.status).toBe(201);
    const { path } = (await answer.json()) as { path: string };
    expect(path).toMatch(/^\/s\/[A-Za-z0-9_-]{32}$/);
    const rows = JSON.stringify(await db().share.findMany({ where: { ownerId: owner.id } }));
    expect(rows).not.toContain(path.slice(3));
    expect(rows).not.toContain("four quiet tiles");
    const list = await call(shares.GET, owner, `/api/shares?albumId=${albumId}`);
    const text = await list.text();
    expect(text).not.toContain(path.slice(3));
    expect(text).not.toContain("argon2");
    expect(JSON.parse(text).shares).toMatchObject([{ hasPassword: true, withOriginals: false }]);
  });

  test("a guest's links go on when they sign in", async () => {
    const guest = await someGuest();
    const { picture: kept } = await addPicture(guest.id, await pictureFile());
    const { id } = await createAlbum(guest.id, "Guest's");
    await addToAlbum(guest.id, id, [kept.id]);
    const links = [
      await makeShare(guest.id, { albumId: id }),
      await makeShare(guest.id, { pictureId: kept.id }),
    ];
    await adoptGuest(guest, owner);
    for (const { token } of links) expect((await picture(token, kept.id)).status).toBe(200);
    expect(await listShares(owner.id, { albumId: id })).toHaveLength(1);
  });

  test("what lies in the trash is not shared anew", async () => {
    await trashPictures(owner.id, [outside]);
    expect(await codeOf(makeShare(owner.id, { pictureId: outside }))).toBe("not_found");
  });
});
