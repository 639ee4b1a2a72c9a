import sharp from "sharp";
import { beforeEach, describe, expect, test } from "vitest";
import * as pictureRoute from "@/app/api/pictures/[id]/route";
import * as placesRoute from "@/app/api/pictures/places/route";
import * as listRoute from "@/app/api/pictures/route";
import * as sharedDownload from "@/app/api/shared/[token]/pictures/[id]/download/route";
import * as sharedFile from "@/app/api/shared/[token]/pictures/[id]/file/route";
import * as shared from "@/app/api/shared/[token]/pictures/route";
import { forgetRates } from "@/lib/accounts/limit-rate";
import type { Owner } from "@/lib/accounts/owner";
import { addToAlbum } from "@/lib/albums/add-to-album";
import { createAlbum } from "@/lib/albums/create-album";
import { db } from "@/lib/db/client";
import { runJob } from "@/lib/jobs/run-job";
import { addPicture } from "@/lib/pictures/add-picture";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { fillExif } from "@/lib/pictures/fill-exif";
import { fillPlaces } from "@/lib/pictures/fill-places";
import { hidePlace } from "@/lib/pictures/hide-place";
import { listPictures } from "@/lib/pictures/list-pictures";
import { listPlaces } from "@/lib/pictures/list-places";
import { reconcilePictures } from "@/lib/pictures/reconcile-pictures";
import { showPicture } from "@/lib/pictures/show-picture";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { viewJob } from "@/lib/public-api/job-view";
import { exportCode } from "@/lib/scenarios/qr-picture/export-code";
import { jobHandlers } from "@/lib/scenarios/registry";
import { requestJob } from "@/lib/scenarios/request-job";
import { filterOf } from "@/lib/search/filter-of";
import { findPictures } from "@/lib/search/find-pictures";
import { makeShare } from "@/lib/shares/make-share";
import { storage } from "@/lib/storage/open-storage";
import { call } from "../support/api";
import { someKey } from "../support/api-keys";
import { IN_KYOTO, photo } from "../support/exif";
import { ownModels } from "../support/own-models";
import { codeOf, onBothWithFiles, pictureFile, someAccount, someGuest } from "../support/pictures";

ownModels();

/** What gives the place away: its names, and numbers of its coordinates. */
const SECRETS = /kyoto|京都|japan|日本|34\.96|135\.77/i;

onBothWithFiles("places", () => {
  let owner: Owner;
  /** In the order of their coming: Kyoto, London, and no camera told where. */
  let kyoto: string;
  let london: string;
  let nowhere: string;
  beforeEach(async () => {
    forgetRates();
    owner = await someGuest();
    const files = [await photo(IN_KYOTO), await photo(), (await pictureFile()).bytes];
    const ids: string[] = [];
    for (const bytes of files) ids.push((await addPicture(owner.id, { bytes, name: "IMG.jpg" })).picture.id);
    [kyoto, london, nowhere] = ids as [string, string, string];
  });

  const placesOf = (ids: string[]) =>
    Promise.all(ids.map(async (id) => (await showPicture(owner.id, id)).place?.city ?? null));
  const within = async (place: string, by = owner) =>
    (await listPictures(by.id, {}, await filterOf(by.id, { place }))).pictures.map(({ id }) => id).sort();
  const called = async (words: string, by = owner) =>
    (await findPictures(by.id, { words })).found
      .filter(({ matches }) => matches)
      .map(({ picture }) => picture.id);

  describe("are named", () => {
    test("when a picture comes in, for its owner alone", async () => {
      expect(await showPicture(owner.id, kyoto)).toMatchObject({
        place: { country: "JP", city: "Kyoto", cityZh: "京都" },
        exif: { place: { latitude: 34.96694, longitude: 135.77222 } },
        placeHidden: false,
      });
      expect(await placesOf([london, nowhere])).toEqual(["London", null]);
      const stranger = await someGuest();
      expect(await codeOf(showPicture(stranger.id, kyoto))).toBe("not_found");
      expect(await codeOf(hidePlace(stranger.id, kyoto, true))).toBe("not_found");
      expect(await listPlaces(stranger.id)).toEqual([]);
      expect(await within("Kyoto", stranger)).toEqual([]);
      expect(await called("kyoto", stranger)).toEqual([]);
    });

    test("afterwards for older pictures, and anew by other data, once each", async () => {
      await fillPlaces();
      await db().picture.updateMany({ where: { id: kyoto }, data: { placeId: null, placedBy: null } });
      await db().picture.updateMany({
        where: { id: london },
        data: { placeId: null, placedBy: "other data" },
      });
      expect(await placesOf([kyoto, london])).toEqual([null, null]);
      expect(await fillPlaces()).toBe(2);
      expect(await placesOf([kyoto, london, nowhere])).toEqual(["Kyoto", "London", null]);
      expect(await fillPlaces()).toBe(0);
    });
  });

  describe("narrow down", () => {
    test.each([
      ["Kyoto", "kyoto"],
      ["kyoto, japan", "kyoto"],
      ["日本 · 京都", "kyoto"],
      ["日本", "kyoto"],
      ["United Kingdom", "london"],
      ["伦敦", "london"],
      ["Kyoto, United Kingdom", null],
      ["Kyot", null],
      ["%", null],
    ] as const)("a list by a whole name in either language: %s", async (place, which) => {
      expect(await within(place)).toEqual(which === null ? [] : [which === "kyoto" ? kyoto : london]);
    });

    test("a search, and pages that screens and programs ask for", async () => {
      const found = await findPictures(owner.id, { words: "IMG", place: "京都" });
      expect(found.found.map(({ picture }) => picture.id)).toEqual([kyoto]);
      const page = await call(listRoute.GET, owner, "/api/pictures?place=London");
      expect(((await page.json()) as { pictures: unknown[] }).pictures).toMatchObject([{ id: london }]);
    });

    test("to those that the owner has, with how many of them lie outside the trash", async () => {
      const again = await addPicture(owner.id, { bytes: await photo(IN_KYOTO), name: "2.jpg" });
      const list = async () =>
        ((await (await call(placesRoute.GET, owner, "/api/pictures/places")).json()) as { places: unknown[] })
          .places;
      expect(await list()).toEqual([
        { country: "JP", city: "Kyoto", cityZh: "京都", count: 2 },
        { country: "GB", city: "London", cityZh: "伦敦", count: 1 },
      ]);
      await trashPictures(owner.id, [again.picture.id, london]);
      expect(await list()).toEqual([{ country: "JP", city: "Kyoto", cityZh: "京都", count: 1 }]);
    });
  });

  test("are searched by words, whole names in either language, together with what is written of a picture", async () => {
    for (const words of ["kyoto", "Kyōto", "京都", "japan", "日本", "日本京都", "Kyoto Japan", "kyoto img"])
      expect([words, await called(words)]).toEqual([words, [kyoto]]);
    for (const words of ["kyo", "kyoto london", "kyoto beach"])
      expect([words, await called(words)]).toEqual([words, []]);
  });

  describe("that their owner removes", () => {
    test("are gone from everything one sees, and come back with a word", async () => {
      await hidePlace(owner.id, kyoto, true);
      const { exif, ...rest } = await showPicture(owner.id, kyoto);
      expect(exif).toMatchObject({ model: "NIKON Z 6" });
      expect(exif).not.toHaveProperty("place");
      expect(rest).toMatchObject({ place: null, placeHidden: true });
      expect(await within("Kyoto")).toEqual([]);
      expect(await called("kyoto")).toEqual([]);
      expect(await listPlaces(owner.id)).toMatchObject([{ city: "London" }]);
      const body = JSON.stringify({ placeHidden: false });
      const init = { method: "PATCH", body, params: { id: kyoto } };
      const { picture } = (await (await call(pictureRoute.PATCH, owner, "/x", init)).json()) as {
        picture: PictureDetails;
      };
      expect(picture).toMatchObject({ place: { city: "Kyoto" }, placeHidden: false });
      expect(picture.exif).toHaveProperty("place");
      expect(await within("Kyoto")).toEqual([kyoto]);
    });

    test("are not brought back by what fills them in, nor by the file coming once more", async () => {
      await hidePlace(owner.id, kyoto, true);
      await fillPlaces();
      await fillExif();
      const bytes = await storage().read(
        (await db().picture.findUniqueOrThrow({ where: { id: kyoto } })).blob,
      );
      expect(await addPicture(owner.id, { bytes, name: "again.jpg" })).toMatchObject({ isNew: false });
      expect(await showPicture(owner.id, kyoto)).toMatchObject({ place: null, placeHidden: true });
      expect(await within("Kyoto")).toEqual([]);
    });

    test("nor by a lost database that is rebuilt from the record", async () => {
      await hidePlace(owner.id, kyoto, true);
      await db().picture.deleteMany({ where: { id: { in: [kyoto, london] } } });
      await reconcilePictures(storage(), { leftoversOlderThanMs: 0 });
      await fillPlaces();
      expect(await showPicture(owner.id, kyoto)).toMatchObject({ place: null, placeHidden: true });
      expect(await showPicture(owner.id, london)).toMatchObject({
        place: { city: "London" },
        placeHidden: false,
      });
    });
  });

  describe("never leave", () => {
    const shareOne = async () => {
      const account = await someAccount();
      const bytes = await photo(IN_KYOTO, 320, 240);
      const { picture } = await addPicture(account.id, { bytes, name: "temple.jpg" });
      expect((await showPicture(account.id, picture.id)).place).toMatchObject({ city: "Kyoto" });
      const { id: albumId } = await createAlbum(account.id, "Autumn");
      await addToAlbum(account.id, albumId, [picture.id]);
      const { token } = await makeShare(account.id, { albumId }, { withOriginals: true });
      return { token, id: picture.id, account };
    };

    test("with a link's list of pictures", async () => {
      const { token } = await shareOne();
      const text = await (await call(shared.GET, null, "/x", { params: { token } })).text();
      expect(text).toContain("temple");
      expect(text).not.toMatch(SECRETS);
      expect(text).not.toMatch(/place|exif|latitude/i);
    });

    test("with a file that a link shows or gives away", async () => {
      const { token, id } = await shareOne();
      const params = { token, id };
      for (const answer of [
        await call(sharedFile.GET, null, "/x?width=320", { params }),
        await call(sharedFile.GET, null, "/x", { params }),
        await call(sharedDownload.GET, null, "/x", { params }),
      ]) {
        expect(answer.status).toBe(200);
        expect(JSON.stringify([...answer.headers])).not.toMatch(SECRETS);
        const bytes = Buffer.from(await answer.arrayBuffer());
        const { exif, xmp, iptc } = await sharp(bytes).metadata();
        expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined]);
        expect(bytes.toString("latin1")).not.toMatch(/kyoto|GPSLatitude/i);
      }
    });

    test("with a code that is made of it, in any format, nor with what a webhook is told of the job", async () => {
      const { id, account } = await shareOne();
      const asked = {
        text: "https://example.com",
        look: "mosaic",
        level: "art",
        picture: { from: "gallery", id },
      };
      const { key } = await someKey(account);
      const request = { scenario: "qr-picture", input: asked } as const;
      const { id: jobId } = await requestJob(account.id, key.id, request, crypto.randomUUID());
      await runJob(jobHandlers, jobId, new AbortController().signal);
      const job = await db().job.findUniqueOrThrow({ where: { id: jobId } });
      const body = JSON.stringify(viewJob(job, "en"));
      expect(JSON.parse(body)).toMatchObject({ error: null, pictures: [jobId] });
      expect(body).not.toMatch(SECRETS);
      expect(await showPicture(account.id, jobId)).toMatchObject({ exif: null, place: null });
      for (const format of ["png", "webp", "jpeg", "svg", "pdf"] as const) {
        const bytes = await (await exportCode(account.id, jobId, { format })).read();
        expect(bytes.toString("latin1")).not.toMatch(/kyoto|GPSLatitude|34\.9669|135\.772/i);
        if (format === "svg" || format === "pdf") continue;
        const { exif, xmp, iptc } = await sharp(bytes).metadata();
        expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined]);
      }
    });

    test("with the line that records a new picture: the camera's coordinates alone, as before", async () => {
      const lines: string[] = [];
      for await (const entry of storage().readManifest())
        if (entry.event === "added" && entry.picture.id === kyoto) lines.push(JSON.stringify(entry));
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toMatch(/kyoto|京都|placeId|placedBy/i);
    });
  });
});
