import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { adoptGuest } from "@/lib/accounts/adopt-guest";
import type { Owner } from "@/lib/accounts/owner";
import { addToAlbum } from "@/lib/albums/add-to-album";
import { createAlbum } from "@/lib/albums/create-album";
import { db, sql } from "@/lib/db/client";
import { markBlobMissing } from "@/lib/db/picture-upkeep";
import { listUnread, saveText } from "@/lib/db/texts";
import { forgetEnv } from "@/lib/env";
import * as pool from "@/lib/jobs/cpu-pool";
import { addPicture } from "@/lib/pictures/add-picture";
import { captionPicture } from "@/lib/pictures/caption-picture";
import { emptyTrash } from "@/lib/pictures/purge-trash";
import { renamePicture } from "@/lib/pictures/rename-picture";
import { restorePictures } from "@/lib/pictures/restore-pictures";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { denyText } from "@/lib/reading/deny-text";
import { NO_READER } from "@/lib/reading/open-tesseract";
import { readPictures } from "@/lib/reading/read-pictures";
import { readerName } from "@/lib/reading/reader-name";
import { showText } from "@/lib/reading/show-text";
import { currentClip } from "@/lib/search/clip-model";
import { type EmbeddingLoop, startEmbeddingLoop } from "@/lib/search/embedding-loop";
import { findPictures } from "@/lib/search/find-pictures";
import { seePictures } from "@/lib/search/see-pictures";
import { listSharedPictures } from "@/lib/shares/list-shared-pictures";
import { makeShare } from "@/lib/shares/make-share";
import { openShare } from "@/lib/shares/open-share";
import { storage } from "@/lib/storage/open-storage";
import { ownModels } from "../support/own-models";
import { noise, onBothWithFiles, pictureFile, someAccount, someGuest } from "../support/pictures";
import { writeTinyClip } from "../support/tiny-clip";

ownModels((folder) => writeTinyClip(path.join(folder, "clip", "Tiny one"), "clip"));

const NOTICE = "Garden Cafe\nopens at nine\n花园咖啡馆九点开门\n今天免费参观";
const never = new AbortController().signal;
let notice: Buffer;
beforeAll(async () => {
  notice = await readFile("tests/golden/reading/notice.jpg");
});
afterEach(() => {
  vi.restoreAllMocks();
});

const textOf = async (id: string): Promise<string | null | undefined> => {
  const { rows } = await sql(`SELECT "text" FROM "PictureText" WHERE "pictureId" = $1`, [id]);
  return rows[0]?.text as string | null | undefined;
};
const unread = async () => (await listUnread(await readerName(), 99)).length;

onBothWithFiles("text in pictures", () => {
  /** A picture with a text that is known, without anybody reading. */
  async function withText(owner: Owner, text: string, name = "a.jpg"): Promise<string> {
    const { picture } = await addPicture(owner.id, await pictureFile(name));
    await saveText(await readerName(), picture.id, text);
    return picture.id;
  }
  const matching = async (owner: Owner, words: string) =>
    (await findPictures(owner.id, { words })).found.filter(({ matches }) => matches);
  const idsFor = async (owner: Owner, words: string) =>
    (await matching(owner, words)).map(({ picture }) => picture.id);

  test("is read once, shown, and found in both languages, by its owner alone", async () => {
    const [owner, other] = [await someGuest(), await someGuest()];
    const { picture } = await addPicture(owner.id, { bytes: notice, name: "IMG_1.jpg" });
    await addPicture(other.id, await pictureFile("IMG_2.jpg"));
    expect(await readPictures(never)).toBe(2);
    expect(await readPictures(never)).toBe(0);
    expect(await showText(owner.id, picture.id)).toEqual({ text: NOTICE, isDenied: false });
    for (const [words, line] of [
      ["garden cafe", "Garden Cafe"],
      ["NINE", "opens at nine"],
      ["咖啡馆", "花园咖啡馆九点开门"],
      ["参观 cafe", "Garden Cafe"],
      // From one line into the next.
      ["开门今天", "Garden Cafe"],
    ] as const) {
      const [first] = await matching(owner, words);
      expect([words, first?.picture.id, first?.text]).toEqual([words, picture.id, line]);
      expect([words, await idsFor(other, words)]).toEqual([words, []]);
    }
    // "arden" begins no word.
    expect(await idsFor(owner, "arden")).toEqual([]);
    await expect(showText(other.id, picture.id)).rejects.toMatchObject({ code: "not_found" });
  });

  test("counts together with titles and captions, and behind them", async () => {
    const owner = await someGuest();
    const read = await withText(owner, "Lighthouse Road", "a.jpg");
    const named = await withText(owner, "", "b.jpg");
    await renamePicture(owner.id, named, "lighthouse");
    expect(await idsFor(owner, "lighthouse")).toEqual([named, read]);
    await captionPicture(owner.id, read, "With grandmother");
    expect(await idsFor(owner, "grandmother road")).toEqual([read]);
    const [first] = await matching(owner, "grandmother");
    expect([first!.picture.id, first!.text]).toEqual([read, null]);
  });

  test("is listened to by what is not wanted", async () => {
    const owner = await someGuest();
    const [receipt, sign] = [await withText(owner, "Total 12.50\n合计"), await withText(owner, "Exit")];
    await seePictures((await currentClip())!, never);
    const { found } = await findPictures(owner.id, { words: "-total" });
    expect(found.map(({ picture }) => picture.id)).toEqual([sign]);
    expect(await idsFor(owner, "total")).toEqual([receipt]);
    expect(await idsFor(owner, "exit -合计")).toEqual([sign]);
    expect(await idsFor(owner, "total -合计")).toEqual([]);
  });

  test("that its owner says is wrong is gone, whoever reads, until they take it back", async () => {
    const owner = await someGuest();
    const { picture } = await addPicture(owner.id, { bytes: notice, name: "IMG_1.jpg" });
    await readPictures(never);
    expect(await denyText(owner.id, picture.id, true)).toEqual({ text: null, isDenied: true });
    expect(await idsFor(owner, "garden")).toEqual([]);
    await seePictures((await currentClip())!, never);
    expect((await findPictures(owner.id, { words: "-garden" })).found).toHaveLength(1);
    await sql(`UPDATE "PictureText" SET "reader" = 'older' WHERE "pictureId" = $1`, [picture.id]);
    expect(await readPictures(never)).toBe(0);
    expect(await showText(owner.id, picture.id)).toEqual({ text: null, isDenied: true });
    expect(await denyText(owner.id, picture.id, false)).toEqual({ text: NOTICE, isDenied: false });
    expect(await readPictures(never)).toBe(1);
    expect(await idsFor(owner, "garden")).toEqual([picture.id]);
  });

  test("is read anew by another reader", async () => {
    const owner = await someGuest();
    const id = await withText(owner, "as the older one read it");
    await sql(`UPDATE "PictureText" SET "reader" = 'older' WHERE "pictureId" = $1`, [id]);
    expect(await idsFor(owner, "older")).toEqual([id]);
    expect(await readPictures(never)).toBe(1);
    expect(await textOf(id)).toBe("");
  });

  test("goes with its picture: into the trash, out of it, to an account, and for good", async () => {
    const [guest, account] = [await someGuest(), await someAccount()];
    const id = await withText(guest, "Platform nine");
    await trashPictures(guest.id, [id]);
    expect(await idsFor(guest, "platform")).toEqual([]);
    await restorePictures(guest.id, [id]);
    expect(await idsFor(guest, "platform")).toEqual([id]);
    await adoptGuest(guest, account);
    expect(await idsFor(account, "platform")).toEqual([id]);
    await trashPictures(account.id, [id]);
    await emptyTrash(account.id);
    expect(await textOf(id)).toBeUndefined();
  });

  test("cannot be another's", async () => {
    const [owner, other] = [await someGuest(), await someGuest()];
    const id = await withText(owner, "mine");
    await expect(
      sql(`UPDATE "PictureText" SET "ownerId" = $2 WHERE "pictureId" = $1`, [id, other.id]),
    ).rejects.toThrow(/foreign key/);
  });

  test("does not leave with what is shared", async () => {
    const owner = await someAccount();
    const id = await withText(owner, "secret number 4711");
    const album = await createAlbum(owner.id, "shared");
    await addToAlbum(owner.id, album.id, [id]);
    const { token } = await makeShare(owner.id, { albumId: album.id });
    const shown = await listSharedPictures(await openShare(token, () => undefined));
    expect(shown.pictures).toHaveLength(1);
    expect(JSON.stringify(shown)).not.toContain("4711");
  });

  test("is not read in codes made here", async () => {
    const owner = await someGuest();
    const { picture } = await addPicture(owner.id, { bytes: notice, name: "a.jpg" });
    await db().picture.update({ where: { id: picture.id }, data: { kind: "code" } });
    expect(await readPictures(never)).toBe(0);
  });

  test("what is damaged, or cannot be read, is not tried again, until its original is back", async () => {
    const owner = await someGuest();
    const { picture } = await addPicture(owner.id, { bytes: notice, name: "a.jpg" });
    vi.spyOn(storage(), "read").mockResolvedValueOnce(notice.subarray(0, 20_000));
    expect(await readPictures(never)).toBe(1);
    expect([await textOf(picture.id), await unread()]).toEqual([null, 0]);
    expect(await showText(owner.id, picture.id)).toEqual({ text: null, isDenied: false });
    await markBlobMissing(picture.id, new Date());
    await markBlobMissing(picture.id, null);
    vi.spyOn(pool, "runInBackground").mockRejectedValueOnce(new Error("the thread ran out of memory"));
    expect(await readPictures(never)).toBe(1);
    expect([await textOf(picture.id), await unread()]).toEqual([null, 0]);
  });

  test("storage that is away, and a Tesseract that does not start, are waited for", async () => {
    const owner = await someGuest();
    await addPicture(owner.id, { bytes: notice, name: "a.jpg" });
    vi.spyOn(storage(), "read").mockRejectedValueOnce(new Error("the bucket is away"));
    await expect(readPictures(never)).rejects.toThrow("the bucket is away");
    const lacking = Object.assign(new Error("its weights are gone"), { code: NO_READER });
    vi.spyOn(pool, "runInBackground").mockRejectedValueOnce(lacking);
    await expect(readPictures(never)).rejects.toBe(lacking);
    const stopped = AbortSignal.abort(new Error("stopped"));
    await expect(readPictures(stopped)).rejects.toThrow("stopped");
    expect(await unread()).toBe(1);
    expect(await readPictures(never, async () => false)).toBe(0);
    expect(await readPictures(never)).toBe(1);
  });

  test("pictures of very many pixels are read as well", async () => {
    const owner = await someGuest();
    const bytes = await sharp(notice).resize(8000, 5333).jpeg({ quality: 60 }).toBuffer();
    const { picture } = await addPicture(owner.id, { bytes, name: "huge.jpg" });
    expect(await readPictures(never)).toBe(1);
    expect(await textOf(picture.id)).toContain("Garden Cafe");
  });

  const loops: EmbeddingLoop[] = [];
  afterEach(async () => {
    await Promise.all(loops.splice(0).map((loop) => loop.stop()));
    vi.stubEnv("READ_TEXT", "");
    forgetEnv();
  });

  test("is read in the background, behind what pictures show", async () => {
    const owner = await someGuest();
    const { picture } = await addPicture(owner.id, { bytes: notice, name: "a.jpg" });
    loops.push(startEmbeddingLoop());
    await vi.waitFor(async () => expect(await textOf(picture.id)).toBe(NOTICE), { timeout: 60_000 });
    expect(await db().pictureVector.count({ where: { pictureId: picture.id } })).toBe(1);
    const bytes = await noise(200, 100).jpeg().toBuffer();
    const next = await addPicture(owner.id, { bytes, name: "b.jpg" });
    await vi.waitFor(async () => expect(await textOf(next.picture.id)).toBe(""), { timeout: 60_000 });
  });

  test("is not read where the environment says so", async () => {
    vi.stubEnv("READ_TEXT", "0");
    forgetEnv();
    const owner = await someGuest();
    const { picture } = await addPicture(owner.id, { bytes: notice, name: "a.jpg" });
    loops.push(startEmbeddingLoop());
    const isSeen = () =>
      db().pictureVector.count({ where: { pictureId: picture.id, tagged: { not: null } } });
    await vi.waitFor(async () => expect(await isSeen()).toBe(1), { timeout: 60_000 });
    await Promise.all(loops.splice(0).map((loop) => loop.stop()));
    expect(await textOf(picture.id)).toBeUndefined();
  });
});
