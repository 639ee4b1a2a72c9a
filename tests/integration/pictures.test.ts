import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { addMade } from "@/lib/pictures/add-made";
import { addPicture } from "@/lib/pictures/add-picture";
import { derivePicture } from "@/lib/pictures/derive-picture";
import { listPictures } from "@/lib/pictures/list-pictures";
import { emptyTrash, purgeTrash, TRASH_DAYS } from "@/lib/pictures/purge-trash";
import { readOriginal, readPictureFile } from "@/lib/pictures/read-picture-file";
import { reconcilePictures } from "@/lib/pictures/reconcile-pictures";
import { renamePicture } from "@/lib/pictures/rename-picture";
import { restorePictures } from "@/lib/pictures/restore-pictures";
import { setFavourite } from "@/lib/pictures/set-favourite";
import { showPicture } from "@/lib/pictures/show-picture";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { storage } from "@/lib/storage/open-storage";
import { replayManifest } from "@/lib/storage/replay-manifest";
import { photo } from "../support/exif";
import {
  animation,
  codeOf,
  noise,
  onBothWithFiles,
  pictureFile,
  someGuest,
  someJob,
} from "../support/pictures";

onBothWithFiles("pictures", () => {
  const daysLater = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000);
  const blobOf = async (id: string) => (await db().picture.findUniqueOrThrow({ where: { id } })).blob;

  describe("taking pictures in", () => {
    test("orientation counts for width and height, and the original stays as it came", async () => {
      const owner = await someGuest();
      const bytes = await noise(60, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer();
      const { picture } = await addPicture(owner.id, { bytes, name: "a/b\\Sea side.JPG" });
      expect(picture).toMatchObject({ width: 40, height: 60, title: "Sea side", kind: "upload" });
      expect(await (await readOriginal(owner.id, picture.id)).read()).toEqual(bytes);
    });

    test.each(["gif", "webp", "png"] as const)("of an animated %s the first frame counts", async (format) => {
      const owner = await someGuest();
      const bytes = await animation(format);
      const { picture } = await addPicture(owner.id, { bytes, name: `moving.${format}` });
      expect(picture).toMatchObject({ width: 64, height: 48, mime: `image/${format}` });
      const shown = await (await readPictureFile(owner.id, picture.id, 320)).read();
      const { dominant } = await sharp(shown).stats();
      expect(dominant.r).toBeGreaterThan(200);
      expect(dominant.b).toBeLessThan(60);
      expect(await (await readOriginal(owner.id, picture.id)).read()).toEqual(bytes);
    });

    test("a HEIC photo in Display P3 is shown in the colours that it means", async () => {
      const owner = await someGuest();
      const bytes = await readFile("tests/golden/heic/wide.heic");
      const { picture } = await addPicture(owner.id, { bytes, name: "wide.heic" });
      const shown = await (await readPictureFile(owner.id, picture.id, "full")).read();
      const { data } = await sharp(shown).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      // By CSS Color 4's matrices: color(display-p3 0.157 0.902 0.235) and color(display-p3 0.871 0.667 0.549).
      const meant = [
        [8, [0, 234, 0]],
        [48, [232, 167, 135]],
      ] as const;
      for (const [x, colour] of meant) {
        const at = 3 * (16 * 64 + x);
        const off = colour.map((value, i) => Math.abs(data[at + i]! - value));
        expect(Math.max(...off), `${data.subarray(at, at + 3)}`).toBeLessThanOrEqual(6);
      }
    });

    test("a phone's HEIC photo is shown the right way up, and kept as it came", async () => {
      const owner = await someGuest();
      const bytes = await readFile("tests/golden/heic/photo.heic");
      const { picture } = await addPicture(owner.id, { bytes, name: "IMG_0001.HEIC" });
      expect(picture).toMatchObject({ width: 64, height: 96, mime: "image/heic", title: "IMG_0001" });
      expect(await showPicture(owner.id, picture.id)).toMatchObject({
        takenAt: "2025-05-01T12:34:56.000Z",
        exif: { make: "Apple", model: "iPhone 15" },
      });
      const shown = await (await readPictureFile(owner.id, picture.id, "full")).read();
      const { data, info } = await sharp(shown).raw().toBuffer({ resolveWithObject: true });
      const at = (x: number, y: number) => [
        ...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3),
      ];
      expect([info.width, info.height]).toEqual([64, 96]);
      expect(Math.hypot(...at(32, 10).map((value, i) => value - [220, 30, 30][i]!))).toBeLessThan(30);
      expect(Math.hypot(...at(32, 86).map((value, i) => value - [30, 30, 220][i]!))).toBeLessThan(30);
      const original = await readOriginal(owner.id, picture.id);
      expect([await original.read(), original.fileName]).toEqual([bytes, "IMG_0001.heic"]);
    });

    test("what the camera noted is the owner's to see, and in the record beside the files", async () => {
      const owner = await someGuest();
      const { picture } = await addPicture(owner.id, { bytes: await photo(), name: "thames.jpg" });
      const details = await showPicture(owner.id, picture.id);
      expect(details).toMatchObject({
        takenAt: "2024-07-14T08:30:05.000Z",
        exif: { model: "NIKON Z 6", place: { latitude: 51.5, longitude: -0.125 } },
      });
      await db().picture.delete({ where: { id: picture.id } });
      await reconcilePictures(storage(), { leftoversOlderThanMs: 60_000 });
      const { takenAt, exif } = await showPicture(owner.id, picture.id);
      expect({ takenAt, exif }).toEqual({ takenAt: details.takenAt, exif: details.exif });
    });

    test("the same bytes again give the same picture back, also out of the trash", async () => {
      const owner = await someGuest();
      const file = await pictureFile();
      const first = await addPicture(owner.id, file);
      await trashPictures(owner.id, [first.picture.id]);
      const again = await addPicture(owner.id, { ...file, name: "other.jpg" });
      expect(again.isNew).toBe(false);
      expect(again.picture).toMatchObject({ id: first.picture.id, trashedAt: null, title: "holiday" });
    });

    test("the same bytes at the same moment are one picture", async () => {
      const owner = await someGuest();
      const file = await pictureFile();
      const added = await Promise.all([1, 2, 3, 4].map(() => addPicture(owner.id, file)));
      expect(new Set(added.map(({ picture }) => picture.id)).size).toBe(1);
      expect(added.filter(({ isNew }) => isNew)).toHaveLength(1);
    });

    test("two people with the same bytes have a picture each", async () => {
      const [one, two] = [await someGuest(), await someGuest()];
      const file = await pictureFile();
      const [a, b] = [await addPicture(one.id, file), await addPicture(two.id, file)];
      expect(a.picture.id).not.toBe(b.picture.id);
      expect(b.isNew).toBe(true);
    });

    test("the record beside the files is enough to know the picture by", async () => {
      const owner = await someGuest();
      const { picture } = await addPicture(owner.id, await pictureFile("Österreich.jpg"));
      const recorded = (await replayManifest(storage().readManifest())).pictures.get(picture.id);
      expect(recorded).toMatchObject({ ownerId: owner.id, title: "Österreich", width: 64, height: 48 });
      expect(recorded?.createdAt.toISOString()).toBe(picture.createdAt);
    });
  });

  describe("serving", () => {
    test("a file for showing has the asked width, the right way up, and no metadata", async () => {
      const owner = await someGuest();
      const bytes = await noise(1600, 800)
        .withExif({ IFD0: { Artist: "someone" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer();
      const { picture } = await addPicture(owner.id, { bytes, name: "x.jpg" });
      for (const size of [320, 640, 1280, "full"] as const) {
        const file = await readPictureFile(owner.id, picture.id, size);
        const shown = await sharp(await file.read()).metadata();
        const width = size === 320 || size === 640 ? size : 800;
        expect(shown).toMatchObject({ format: "webp", width, height: width * 2 });
        expect([shown.exif, shown.xmp, shown.iptc, shown.orientation]).toEqual([
          undefined,
          undefined,
          undefined,
          undefined,
        ]);
      }
    });

    test("a small picture is not blown up", async () => {
      const owner = await someGuest();
      const { picture } = await addPicture(owner.id, await pictureFile());
      const shown = await sharp(await (await readPictureFile(owner.id, picture.id, 1280)).read()).metadata();
      expect(shown.width).toBe(64);
    });

    test("a rendition asked for many times at once is made once, and stored", async () => {
      const owner = await someGuest();
      const { picture } = await addPicture(owner.id, await pictureFile());
      const blob = await blobOf(picture.id);
      const reads = vi.spyOn(storage(), "read");
      const stores = vi.spyOn(storage(), "putDerived");
      const made = await Promise.all([1, 2, 3].map(() => derivePicture(blob, "w320")));
      const later = await derivePicture(blob, "w320");
      expect(reads).toHaveBeenCalledTimes(1);
      expect(stores).toHaveBeenCalledTimes(1);
      expect(later.equals(made[0]!)).toBe(true);
      vi.restoreAllMocks();
    });
  });

  describe("the list", () => {
    test("pages run newest first, without gaps or repeats, also among pictures of one moment", async () => {
      const owner = await someGuest();
      const ids: string[] = [];
      for (let i = 0; i < 7; i++)
        ids.push((await addPicture(owner.id, await pictureFile(`${i}.jpg`))).picture.id);
      const moment = new Date("2026-01-02T03:04:05.678Z");
      await db().picture.updateMany({ where: { id: { in: ids.slice(0, 4) } }, data: { createdAt: moment } });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listPictures(owner.id, { count: 2, ...(cursor ? { cursor } : {}) });
        seen.push(...page.pictures.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(seen).toEqual([...ids.slice(4).reverse(), ...ids.slice(0, 4).sort().reverse()]);
    });

    test("each shelf holds its own", async () => {
      const owner = await someGuest();
      const add = async () => (await addPicture(owner.id, await pictureFile())).picture.id;
      const [plain, loved, gone] = [await add(), await add(), await add()];
      const code = await addMade((await someJob(owner)).id, await someCode());
      await setFavourite(owner.id, loved, true);
      await trashPictures(owner.id, [gone]);
      const shelf = async (name: "all" | "codes" | "pictures" | "favourites" | "trash") =>
        (await listPictures(owner.id, { shelf: name })).pictures.map(({ id }) => id).sort();
      expect(await shelf("all")).toEqual([plain, loved, code.id].sort());
      expect(await shelf("codes")).toEqual([code.id]);
      expect(await shelf("pictures")).toEqual([plain, loved].sort());
      expect(await shelf("favourites")).toEqual([loved]);
      expect(await shelf("trash")).toEqual([gone]);
    });

    test("a cursor that is none of ours", async () => {
      expect(await codeOf(listPictures((await someGuest()).id, { cursor: "bm9uc2Vuc2U" }))).toBe(
        "input_invalid",
      );
    });
  });

  test("a title is one line of text, whatever was sent", async () => {
    const owner = await someGuest();
    const { picture } = await addPicture(owner.id, await pictureFile());
    const renamed = await renamePicture(owner.id, picture.id, `  a\r\n\tb\u202e  ${"字".repeat(300)}`);
    expect(renamed.title).toBe(`a b ${"字".repeat(116)}`);
  });

  async function someCode(sourceId: string | null = null) {
    const bytes = await noise(96, 96).png().toBuffer();
    return {
      kind: "code" as const,
      bytes,
      title: "example.com",
      settings: { text: "x", seed: 3 },
      verdict: { score: 88 },
      sourceId,
    };
  }

  describe("codes", () => {
    test("keep what made them, how they were judged, and where they come from", async () => {
      const owner = await someGuest();
      const source = (await addPicture(owner.id, await pictureFile())).picture.id;
      const job = await someJob(owner);
      const { id } = await addMade(job.id, await someCode(source));
      expect(id).toBe(job.id);
      expect(await showPicture(owner.id, id)).toMatchObject({
        ...{ kind: "code", mime: "image/png", width: 96, sourceId: source },
        ...{ settings: { text: "x", seed: 3 }, verdict: { score: 88 } },
      });
      expect(await db().job.findUnique({ where: { id } })).toMatchObject({ pictureId: id });
    });

    test("a job that finishes twice has one picture, the first", async () => {
      const owner = await someGuest();
      const job = await someJob(owner);
      const [first, second] = await Promise.all([
        addMade(job.id, await someCode()),
        addMade(job.id, await someCode()),
      ]);
      expect(second.revision).toBe(first.revision);
      expect(await db().picture.count({ where: { ownerId: owner.id } })).toBe(1);
    });

    test("another's picture is never named as the source", async () => {
      const [owner, other] = [await someGuest(), await someGuest()];
      const theirs = (await addPicture(other.id, await pictureFile())).picture.id;
      expect(await addMade((await someJob(owner)).id, await someCode(theirs))).toMatchObject({
        sourceId: null,
      });
    });

    test("a job that is gone keeps nothing", async () => {
      expect(await codeOf(addMade(crypto.randomUUID(), await someCode()))).toBe("not_found");
    });

    test("a code in full size is its own file, to the last pixel", async () => {
      const owner = await someGuest();
      const code = await someCode();
      const { id } = await addMade((await someJob(owner)).id, code);
      expect(await (await readPictureFile(owner.id, id, "full")).read()).toEqual(code.bytes);
    });
  });

  describe("the trash", () => {
    test("gives back what went in", async () => {
      const owner = await someGuest();
      const { picture } = await addPicture(owner.id, await pictureFile());
      expect(await trashPictures(owner.id, [picture.id, picture.id])).toEqual([picture.id]);
      expect(await trashPictures(owner.id, [picture.id])).toEqual([]);
      expect(await restorePictures(owner.id, [picture.id])).toEqual([picture.id]);
      expect((await showPicture(owner.id, picture.id)).trashedAt).toBeNull();
    });

    test("is purged after its days and not before; what was taken out stays", async () => {
      await purgeTrash(daysLater(2 * TRASH_DAYS));
      const owner = await someGuest();
      const add = async () => (await addPicture(owner.id, await pictureFile())).picture.id;
      const [gone, back] = [await add(), await add()];
      const blob = await blobOf(gone);
      await trashPictures(owner.id, [gone, back]);
      await restorePictures(owner.id, [back]);
      await purgeTrash(daysLater(TRASH_DAYS - 1));
      expect(await storage().has(blob)).toBe(true);
      expect(await purgeTrash(daysLater(TRASH_DAYS + 1))).toBe(1);
      expect(await codeOf(showPicture(owner.id, gone))).toBe("not_found");
      expect(await storage().has(blob)).toBe(false);
      expect((await replayManifest(storage().readManifest())).pictures.has(gone)).toBe(false);
      expect((await showPicture(owner.id, back)).id).toBe(back);
    });

    test("a file that another picture is made of stays until the last one goes", async () => {
      const [one, two] = [await someGuest(), await someGuest()];
      const file = await pictureFile();
      const mine = (await addPicture(one.id, file)).picture.id;
      const theirs = (await addPicture(two.id, file)).picture.id;
      const blob = await blobOf(mine);
      await trashPictures(one.id, [mine]);
      expect(await emptyTrash(one.id)).toBe(1);
      expect(await (await readOriginal(two.id, theirs)).read()).toEqual(file.bytes);
      await trashPictures(two.id, [theirs]);
      expect(await emptyTrash(two.id)).toBe(1);
      expect(await storage().has(blob)).toBe(false);
    });

    test("when one's trash is emptied, another's stays", async () => {
      const [one, two] = [await someGuest(), await someGuest()];
      const theirs = (await addPicture(two.id, await pictureFile())).picture.id;
      await trashPictures(two.id, [theirs]);
      expect(await emptyTrash(one.id)).toBe(0);
      expect((await showPicture(two.id, theirs)).trashedAt).not.toBeNull();
    });

    test("what can't be recorded as removed is not removed", async () => {
      const owner = await someGuest();
      const { picture } = await addPicture(owner.id, await pictureFile());
      await trashPictures(owner.id, [picture.id]);
      vi.spyOn(storage(), "appendManifest").mockRejectedValueOnce(new Error("disk"));
      await expect(emptyTrash(owner.id)).rejects.toThrow("disk");
      vi.restoreAllMocks();
      expect((await showPicture(owner.id, picture.id)).id).toBe(picture.id);
      expect(await storage().has(await blobOf(picture.id))).toBe(true);
    });

    test("a code outlives the picture it was made from", async () => {
      const owner = await someGuest();
      const source = (await addPicture(owner.id, await pictureFile())).picture.id;
      const code = await addMade((await someJob(owner)).id, await someCode(source));
      await trashPictures(owner.id, [source]);
      await emptyTrash(owner.id);
      expect((await showPicture(owner.id, code.id)).sourceId).toBeNull();
    });
  });

  test("an upload whose file was purged a moment before brings it back", async () => {
    const owner = await someGuest();
    const file = await pictureFile();
    const put = vi.spyOn(storage(), "put");
    put.mockImplementationOnce(async (content) => {
      put.mockRestore();
      const stored = await storage().put(content);
      await storage().remove(stored.hash);
      return stored;
    });
    const { picture } = await addPicture(owner.id, file);
    expect(await (await readOriginal(owner.id, picture.id)).read()).toEqual(file.bytes);
  });

  test("when the disk is full nothing is kept", async () => {
    const owner = await someGuest();
    vi.spyOn(storage(), "appendManifest").mockRejectedValueOnce(new AppError("disk_full"));
    expect(await codeOf(addPicture(owner.id, await pictureFile()))).toBe("disk_full");
    vi.restoreAllMocks();
    expect((await listPictures(owner.id)).pictures).toEqual([]);
  });
});
