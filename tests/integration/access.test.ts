import { beforeAll, describe, expect, test } from "vitest";
import * as removal from "@/app/api/albums/[id]/pictures/remove/route";
import * as albumPictures from "@/app/api/albums/[id]/pictures/route";
import * as album from "@/app/api/albums/[id]/route";
import * as albumZip from "@/app/api/albums/[id]/zip/route";
import * as albums from "@/app/api/albums/route";
import * as cancel from "@/app/api/jobs/[id]/cancel/route";
import * as events from "@/app/api/jobs/[id]/events/route";
import * as retry from "@/app/api/jobs/[id]/retry/route";
import * as job from "@/app/api/jobs/[id]/route";
import * as download from "@/app/api/pictures/[id]/download/route";
import * as drawing from "@/app/api/pictures/[id]/drawing/route";
import * as file from "@/app/api/pictures/[id]/file/route";
import * as picture from "@/app/api/pictures/[id]/route";
import * as tags from "@/app/api/pictures/[id]/tags/route";
import * as text from "@/app/api/pictures/[id]/text/route";
import * as batch from "@/app/api/pictures/batch/route";
import * as pictures from "@/app/api/pictures/route";
import * as sort from "@/app/api/pictures/sort/route";
import * as trash from "@/app/api/pictures/trash/route";
import * as zip from "@/app/api/pictures/zip/route";
import * as share from "@/app/api/shares/[id]/route";
import * as shares from "@/app/api/shares/route";
import * as apiAlbumPictures from "@/app/api/v1/albums/[id]/pictures/route";
import * as apiAlbum from "@/app/api/v1/albums/[id]/route";
import * as apiAlbums from "@/app/api/v1/albums/route";
import * as apiCancel from "@/app/api/v1/jobs/[id]/cancel/route";
import * as apiJob from "@/app/api/v1/jobs/[id]/route";
import * as apiJobs from "@/app/api/v1/jobs/route";
import * as apiFile from "@/app/api/v1/pictures/[id]/file/route";
import * as apiPicture from "@/app/api/v1/pictures/[id]/route";
import * as apiTags from "@/app/api/v1/pictures/[id]/tags/route";
import * as apiPictures from "@/app/api/v1/pictures/route";
import * as apiSearch from "@/app/api/v1/pictures/search/route";
import * as words from "@/app/api/words/route";
import { listApiKeys } from "@/lib/accounts/list-api-keys";
import type { Owner } from "@/lib/accounts/owner";
import { revokeApiKey } from "@/lib/accounts/revoke-api-key";
import { addToAlbum } from "@/lib/albums/add-to-album";
import { createAlbum } from "@/lib/albums/create-album";
import { deleteAlbum } from "@/lib/albums/delete-album";
import { listAlbumPictures } from "@/lib/albums/list-album-pictures";
import { listAlbums } from "@/lib/albums/list-albums";
import { lockInAlbum } from "@/lib/albums/lock-in-album";
import { moveAlbum } from "@/lib/albums/move-album";
import { moveInAlbum } from "@/lib/albums/move-in-album";
import { removeFromAlbum } from "@/lib/albums/remove-from-album";
import { renameAlbum } from "@/lib/albums/rename-album";
import { replaceInAlbum } from "@/lib/albums/replace-in-album";
import { setCover } from "@/lib/albums/set-cover";
import { showAlbum } from "@/lib/albums/show-album";
import { zipAlbum } from "@/lib/albums/zip-album";
import { db } from "@/lib/db/client";
import { restoreDrawing } from "@/lib/drawing/restore-drawing";
import { addPicture } from "@/lib/pictures/add-picture";
import { captionPicture } from "@/lib/pictures/caption-picture";
import { listPictures } from "@/lib/pictures/list-pictures";
import { pictureSource } from "@/lib/pictures/picture-source";
import { readOriginal, readPictureFile } from "@/lib/pictures/read-picture-file";
import { renamePicture } from "@/lib/pictures/rename-picture";
import { restorePictures } from "@/lib/pictures/restore-pictures";
import { setFavourite, setFavourites } from "@/lib/pictures/set-favourite";
import { showPicture } from "@/lib/pictures/show-picture";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { zipPictures } from "@/lib/pictures/zip-pictures";
import { denyText } from "@/lib/reading/deny-text";
import { showText } from "@/lib/reading/show-text";
import { findSimilar } from "@/lib/search/find-similar";
import { sayTag } from "@/lib/search/say-tag";
import { showTags } from "@/lib/search/show-tags";
import { sortPictures } from "@/lib/search/sort-pictures";
import { listShares } from "@/lib/shares/list-shares";
import { makeShare } from "@/lib/shares/make-share";
import { revokeShare } from "@/lib/shares/revoke-share";
import { addWord } from "@/lib/words/add-word";
import { changeWord } from "@/lib/words/change-word";
import { removeWord } from "@/lib/words/remove-word";
import { showWords } from "@/lib/words/show-words";
import { call } from "../support/api";
import { ask, posted, someKey } from "../support/api-keys";
import { codeOf, onBothWithFiles, pictureFile, someAccount, someGuest, someJob } from "../support/pictures";

onBothWithFiles("access", () => {
  interface Person {
    owner: Owner;
    pictureId: string;
    albumId: string;
    jobId: string;
  }

  let ann: Person;
  let ben: Person;
  let guest: Person;

  async function settle(owner: Owner): Promise<Person> {
    const added = await addPicture(owner.id, await pictureFile());
    const pictureId = added.picture.id;
    const { id: albumId } = await createAlbum(owner.id, "holiday");
    await addToAlbum(owner.id, albumId, [pictureId]);
    return { owner, pictureId, albumId, jobId: (await someJob(owner)).id };
  }

  beforeAll(async () => {
    ann = await settle(await someAccount());
    ben = await settle(await someAccount());
    guest = await settle(await someGuest());
  });

  const post = (body: unknown) => ({ method: "POST", body: JSON.stringify(body) });
  const patch = {
    method: "PATCH",
    body: JSON.stringify({ title: "mine now", caption: "mine now", favourite: true }),
  };

  /** Every door to one picture or job: a new route or feature belongs in here. */
  const FEATURES: Record<string, (ownerId: string, id: string) => Promise<unknown>> = {
    showPicture,
    renamePicture: (ownerId, id) => renamePicture(ownerId, id, "mine now"),
    captionPicture: (ownerId, id) => captionPicture(ownerId, id, "mine now"),
    setFavourite: (ownerId, id) => setFavourite(ownerId, id, true),
    setFavourites: (ownerId, id) => setFavourites(ownerId, [id], true),
    trashPictures: (ownerId, id) => trashPictures(ownerId, [id]),
    restorePictures: (ownerId, id) => restorePictures(ownerId, [id]),
    thumbnail: (ownerId, id) => readPictureFile(ownerId, id, 320),
    fullSize: (ownerId, id) => readPictureFile(ownerId, id, "full"),
    readOriginal,
    shareOfPicture: (ownerId, id) => makeShare(ownerId, { pictureId: id }),
    sharesOfPicture: (ownerId, id) => listShares(ownerId, { pictureId: id }),
    zipPictures: async (ownerId, id) => (await zipPictures(ownerId, [id])).stream.cancel(),
    pictureSource,
    findSimilar,
    restoreDrawing,
    showText,
    denyText: (ownerId, id) => denyText(ownerId, id, true),
    showTags,
    sortPictures: (ownerId, id) => sortPictures(ownerId, [id], ["cats"]),
    sayTag: (ownerId, id) => sayTag(ownerId, id, "mine now", true),
    addToAlbum: (ownerId, id) => addToAlbum(ownerId, albumOf(ownerId), [id]),
    moveInAlbum: (ownerId, id) => moveInAlbum(ownerId, albumOf(ownerId), id, null),
    "moveInAlbum, behind": (ownerId, id) => moveInAlbum(ownerId, albumOf(ownerId), pictureOf(ownerId), id),
    setCover: (ownerId, id) => setCover(ownerId, albumOf(ownerId), id),
    lockInAlbum: (ownerId, id) => lockInAlbum(ownerId, albumOf(ownerId), id, false),
    replaceInAlbum: (ownerId, id) => replaceInAlbum(ownerId, albumOf(ownerId), crypto.randomUUID(), id),
  };
  const ALBUM_FEATURES: typeof FEATURES = {
    showAlbum,
    renameAlbum: (ownerId, id) => renameAlbum(ownerId, id, "mine now"),
    listAlbumPictures: (ownerId, id) => listAlbumPictures(ownerId, id),
    addToAlbum: (ownerId, id) => addToAlbum(ownerId, id, [pictureOf(ownerId)]),
    moveInAlbum: (ownerId, id) => moveInAlbum(ownerId, id, pictureOf(ownerId), null),
    setCover: (ownerId, id) => setCover(ownerId, id, pictureOf(ownerId)),
    lockInAlbum: (ownerId, id) => lockInAlbum(ownerId, id, pictureOf(ownerId), false),
    replaceInAlbum: (ownerId, id) => replaceInAlbum(ownerId, id, crypto.randomUUID(), pictureOf(ownerId)),
    moveAlbum: (ownerId, id) => moveAlbum(ownerId, id, null),
    "moveAlbum, behind": (ownerId, id) => moveAlbum(ownerId, albumOf(ownerId), id),
    shareOfAlbum: (ownerId, id) => makeShare(ownerId, { albumId: id }),
    sharesOfAlbum: (ownerId, id) => listShares(ownerId, { albumId: id }),
    zipAlbum: async (ownerId, id) => (await zipAlbum(ownerId, id)).stream.cancel(),
    removeFromAlbum: (ownerId, id) => removeFromAlbum(ownerId, id, [crypto.randomUUID()]),
  };

  const personOf = (ownerId: string) => [ann, ben, guest].find(({ owner }) => owner.id === ownerId)!;
  const albumOf = (ownerId: string) => personOf(ownerId).albumId;
  const pictureOf = (ownerId: string) => personOf(ownerId).pictureId;

  type Door = (owner: Owner | null, id: string) => Promise<Response>;
  const PICTURE_ROUTES: Record<string, Door> = {
    "GET picture": (owner, id) => call(picture.GET, owner, `/api/pictures/${id}`, { params: { id } }),
    "PATCH picture": (owner, id) =>
      call(picture.PATCH, owner, `/api/pictures/${id}`, { params: { id }, ...patch }),
    "DELETE picture": (owner, id) =>
      call(picture.DELETE, owner, `/api/pictures/${id}`, { params: { id }, method: "DELETE" }),
    "POST picture": (owner, id) =>
      call(picture.POST, owner, `/api/pictures/${id}`, { params: { id }, method: "POST" }),
    "GET thumbnail": (owner, id) =>
      call(file.GET, owner, `/api/pictures/${id}/file?width=320`, { params: { id } }),
    "GET file": (owner, id) => call(file.GET, owner, `/api/pictures/${id}/file`, { params: { id } }),
    "GET download": (owner, id) =>
      call(download.GET, owner, `/api/pictures/${id}/download`, { params: { id } }),
    "POST sort": (owner, id) => call(sort.POST, owner, "/x", post({ ids: [id], labels: ["cats"] })),
    "POST batch": (owner, id) => call(batch.POST, owner, "/x", post({ ids: [id], act: "favourite" })),
    "POST zip": (owner, id) => call(zip.POST, owner, "/x", { method: "POST", body: `ids=${id}` }),
    "GET drawing": (owner, id) => call(drawing.GET, owner, `/api/pictures/${id}/drawing`, { params: { id } }),
    "GET tags": (owner, id) => call(tags.GET, owner, `/api/pictures/${id}/tags`, { params: { id } }),
    "PATCH tags": (owner, id) =>
      call(tags.PATCH, owner, `/api/pictures/${id}/tags`, {
        ...{ params: { id }, method: "PATCH", body: JSON.stringify({ word: "mine now", isSo: true }) },
      }),
    "GET text": (owner, id) => call(text.GET, owner, `/api/pictures/${id}/text`, { params: { id } }),
    "PATCH text": (owner, id) =>
      call(text.PATCH, owner, `/api/pictures/${id}/text`, {
        ...{ params: { id }, method: "PATCH", body: JSON.stringify({ isDenied: true }) },
      }),
  };
  const ALBUM_ROUTES: Record<string, Door> = {
    "GET album": (owner, id) => call(album.GET, owner, "/x", { params: { id } }),
    "PATCH album": (owner, id) =>
      call(album.PATCH, owner, "/x", {
        params: { id },
        method: "PATCH",
        body: JSON.stringify({ title: "mine now", after: null }),
      }),
    "GET album's pictures": (owner, id) => call(albumPictures.GET, owner, "/x", { params: { id } }),
    "POST album's pictures": (owner, id) =>
      call(albumPictures.POST, owner, "/x", { params: { id }, ...post({ ids: [ann.pictureId] }) }),
    "PATCH album's pictures": (owner, id) =>
      call(albumPictures.PATCH, owner, "/x", {
        params: { id },
        method: "PATCH",
        body: JSON.stringify({ id: ann.pictureId, after: null }),
      }),
    "POST share": (owner, id) => call(shares.POST, owner, "/x", post({ albumId: id })),
    "GET shares": (owner, id) => call(shares.GET, owner, `/x?${new URLSearchParams({ albumId: id })}`),
    "GET album's zip": (owner, id) => call(albumZip.GET, owner, "/x", { params: { id } }),
    "POST album's removal": (owner, id) =>
      call(removal.POST, owner, "/x", { params: { id }, ...post({ ids: [ann.pictureId] }) }),
    "DELETE album": (owner, id) => call(album.DELETE, owner, "/x", { params: { id }, method: "DELETE" }),
  };
  const JOB_ROUTES: Record<string, Door> = {
    "GET job": (owner, id) => call(job.GET, owner, `/api/jobs/${id}`, { params: { id } }),
    "GET events": (owner, id) => call(events.GET, owner, `/api/jobs/${id}/events`, { params: { id } }),
    "POST cancel": (owner, id) =>
      call(cancel.POST, owner, `/api/jobs/${id}/cancel`, { params: { id }, method: "POST" }),
    "POST retry": (owner, id) =>
      call(retry.POST, owner, `/api/jobs/${id}/retry`, { params: { id }, method: "POST" }),
  };

  const strangers = () => [
    [ann, ben],
    [ann, guest],
    [guest, ann],
  ];

  describe("another's, unknown and impossible ids do not exist", () => {
    test.each(Object.entries(FEATURES))("feature %s", async (_, feature) => {
      for (const [mine, theirs] of strangers())
        expect(await codeOf(feature(mine!.owner.id, theirs!.pictureId))).toBe("not_found");
      for (const id of [crypto.randomUUID(), "1", "", "../x", "' or 1=1"])
        expect(await codeOf(feature(ann.owner.id, id))).toBe("not_found");
      expect(await codeOf(feature(ann.owner.id, ann.pictureId))).toBe("no error");
    });

    test.each(Object.entries(ALBUM_FEATURES))("feature of albums %s", async (_, feature) => {
      for (const [mine, theirs] of strangers())
        expect(await codeOf(feature(mine!.owner.id, theirs!.albumId))).toBe("not_found");
      for (const id of [crypto.randomUUID(), ann.pictureId, "1", "", "' or 1=1"])
        expect(await codeOf(feature(ann.owner.id, id))).toBe("not_found");
      expect(await codeOf(feature(ann.owner.id, ann.albumId))).toBe("no error");
    });

    const ROUTES = { ...PICTURE_ROUTES, ...ALBUM_ROUTES, ...JOB_ROUTES };
    test.each(Object.entries(ROUTES))("route %s", async (name, door) => {
      const idOf = ({ jobId, albumId, pictureId }: Person) =>
        name in JOB_ROUTES ? jobId : name in ALBUM_ROUTES ? albumId : pictureId;
      for (const [mine, theirs] of strangers()) await expect404(await door(mine!.owner, idOf(theirs!)));
      for (const id of [crypto.randomUUID(), "1", "%00"]) await expect404(await door(ann.owner, id));
      await expect404(await door(null, idOf(ann)));
    });

    test.each(Object.entries(PICTURE_ROUTES))("but one's own does: route %s", async (_, door) => {
      expect(await statusOf(door(ann.owner, ann.pictureId))).toBeLessThan(300);
      expect(await statusOf(door(guest.owner, guest.pictureId))).toBeLessThan(300);
    });

    test("an album that one has deleted", async () => {
      const { id } = await createAlbum(ann.owner.id, "short");
      await deleteAlbum(ann.owner.id, id);
      for (const door of Object.values(ALBUM_ROUTES)) await expect404(await door(ann.owner, id));
    });

    test("but one's own album does, door by door to the one that deletes it", async () => {
      for (const door of Object.values(ALBUM_ROUTES))
        expect(await statusOf(door(ann.owner, ann.albumId))).toBeLessThan(300);
      expect(await listAlbums(ann.owner.id)).toEqual([]);
    });

    test("a link", async () => {
      const { share: made } = await makeShare(ben.owner.id, { albumId: ben.albumId });
      const revoke = (owner: Owner | null, id: string) =>
        call(share.DELETE, owner, "/x", { params: { id }, method: "DELETE" });
      expect(await codeOf(revokeShare(ann.owner.id, made.id))).toBe("not_found");
      for (const stranger of [ann.owner, guest.owner, null]) await expect404(await revoke(stranger, made.id));
      for (const id of [crypto.randomUUID(), "1", "%00"]) await expect404(await revoke(ben.owner, id));
      expect(await listShares(ben.owner.id, { albumId: ben.albumId })).toEqual([made]);
      expect((await revoke(ben.owner, made.id)).status).toBe(204);
    });

    test("a word of one's own", async () => {
      const key = await addWord(ben.owner.id, { en: "Ben's boat" });
      const { words: before } = await showWords(ben.owner.id);
      const change = { word: key, isOff: true, en: "mine now" };
      for (const stranger of [ann.owner, guest.owner, null]) {
        const init = { method: "PATCH", body: JSON.stringify(change) };
        await expect404(await call(words.PATCH, stranger, "/x", init));
        const address = `/x?${new URLSearchParams({ word: key })}`;
        await expect404(await call(words.DELETE, stranger, address, { method: "DELETE" }));
      }
      for (const feature of [
        (id: string) => changeWord(id, key, { en: "mine now" }),
        (id: string) => removeWord(id, key),
      ])
        expect(await codeOf(feature(ann.owner.id))).toBe("not_found");
      expect(await codeOf(addWord(ann.owner.id, { en: "oar", within: key }))).toBe("not_found");
      expect((await showWords(ben.owner.id)).words).toEqual(before);
      expect((await showWords(ann.owner.id)).words.map(({ word }) => word)).not.toContain(key);
    });

    test("one's own job", async () => {
      const answer = await JOB_ROUTES["GET job"]!(ann.owner, ann.jobId);
      expect(await answer.json()).toMatchObject({ id: ann.jobId, state: "running", errorCode: null });
    });

    describe("with an API key", () => {
      type ApiDoor = (token: string | null, id: string) => Promise<Response>;
      const API_PICTURES: Record<string, ApiDoor> = {
        "GET picture": (token, id) => ask(apiPicture.GET, token, "/x", { id }),
        "GET file": (token, id) => ask(apiFile.GET, token, "/x", { id }),
        "GET thumbnail": (token, id) => ask(apiFile.GET, token, "/x?size=320", { id }),
        "GET tags": (token, id) => ask(apiTags.GET, token, "/x", { id }),
        "PATCH tags": (token, id) =>
          ask(apiTags.PATCH, token, "/x", {
            ...{ id, method: "PATCH", body: JSON.stringify({ word: "mine now", isSo: true }) },
          }),
        "DELETE picture": (token, id) => ask(apiPicture.DELETE, token, "/x", { id, method: "DELETE" }),
      };
      const API_ALBUMS: typeof API_PICTURES = {
        "GET album": (token, id) => ask(apiAlbum.GET, token, "/x", { id }),
        "GET album's pictures": (token, id) => ask(apiAlbumPictures.GET, token, "/x", { id }),
        "POST album's pictures": (token, id) =>
          ask(apiAlbumPictures.POST, token, "/x", { id, ...posted({ ids: [ben.pictureId] }) }),
      };
      const API_JOBS: typeof API_PICTURES = {
        "GET job": (token, id) => ask(apiJob.GET, token, "/x", { id }),
        "GET job, waiting": (token, id) => ask(apiJob.GET, token, "/x?wait=1", { id }),
        "POST cancel": (token, id) => ask(apiCancel.POST, token, "/x", { id, method: "POST" }),
      };
      const API = { ...API_PICTURES, ...API_ALBUMS, ...API_JOBS };
      const idFor = (name: string, { jobId, albumId, pictureId }: Person) =>
        name in API_JOBS ? jobId : name in API_ALBUMS ? albumId : pictureId;

      test.each(Object.entries(API))("route %s", async (name, door) => {
        const { token } = await someKey(ann.owner);
        for (const theirs of [ben, guest]) await expect404(await door(token, idFor(name, theirs)));
        for (const id of [crypto.randomUUID(), "1", "%00"]) await expect404(await door(token, id));
        expect((await door(null, idFor(name, ben))).status).toBe(401);
        const own = await settle(await someAccount());
        const { token: theirs } = await someKey(own.owner);
        // Ben's picture does not exist for them, whatever album it is meant for.
        if (name === "POST album's pictures") await expect404(await door(theirs, own.albumId));
        else expect(await statusOf(door(theirs, idFor(name, own)))).toBeLessThan(300);
      });

      test("lists hold one's own alone", async () => {
        const own = await settle(await someAccount());
        const { token } = await someKey(own.owner);
        const idsIn = async (answer: Promise<Response>, list: string) =>
          ((await (await answer).json())[list] as { id: string }[]).map(({ id }) => id);
        expect(await idsIn(ask(apiPictures.GET, token, "/x"), "pictures")).toEqual([own.pictureId]);
        expect(await idsIn(ask(apiAlbums.GET, token, "/x"), "albums")).toEqual([own.albumId]);
        expect(await idsIn(ask(apiJobs.GET, token, "/x"), "jobs")).toEqual([own.jobId]);
        const { found } = await (await ask(apiSearch.GET, token, "/x?words=holiday")).json();
        expect(found.map((each: { picture: { id: string } }) => each.picture.id)).toEqual([own.pictureId]);
        const { id: stranger } = (await settle(await someAccount())).owner;
        expect(await listApiKeys(stranger)).toEqual([]);
      });

      test("another's key can't be revoked", async () => {
        const { key, token } = await someKey(ben.owner);
        for (const stranger of [ann.owner, guest.owner])
          expect(await codeOf(revokeApiKey(stranger.id, key.id))).toBe("not_found");
        for (const id of [crypto.randomUUID(), "1"])
          expect(await codeOf(revokeApiKey(ben.owner.id, id))).toBe("not_found");
        expect((await ask(apiJobs.GET, token, "/x")).status).toBe(200);
        await revokeApiKey(ben.owner.id, key.id);
        expect((await ask(apiJobs.GET, token, "/x")).status).toBe(401);
      });
    });

    test("nothing of anybody's was changed on the way", async () => {
      for (const { pictureId } of [ben, guest])
        expect(await db().picture.findUnique({ where: { id: pictureId } })).toMatchObject({
          trashedAt: null,
        });
      expect(await db().picture.findUnique({ where: { id: ben.pictureId } })).toMatchObject({
        ...{ title: "holiday", caption: "", favourite: false },
      });
      for (const { owner, albumId, pictureId } of [ben, guest])
        expect(await listAlbums(owner.id)).toMatchObject([
          { id: albumId, title: "holiday", pictureCount: 1, cover: { id: pictureId } },
        ]);
      const jobs = await db().job.findMany({ where: { id: { in: [ben.jobId, guest.jobId] } } });
      expect(jobs.map(({ cancelRequested }) => cancelRequested)).toEqual([false, false]);
    });
  });

  async function statusOf(answer: Promise<Response>): Promise<number> {
    const { status, body } = await answer;
    await body?.cancel();
    return status;
  }

  async function expect404(answer: Response): Promise<void> {
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "not_found", retryable: false });
  }

  test("of several pictures one of another's is enough: none moves", async () => {
    await restorePictures(ann.owner.id, [ann.pictureId]);
    expect(await codeOf(trashPictures(ann.owner.id, [ann.pictureId, ben.pictureId]))).toBe("not_found");
    expect((await showPicture(ann.owner.id, ann.pictureId)).trashedAt).toBeNull();
  });

  test("lists hold one's own alone", async () => {
    expect((await listPictures(ann.owner.id)).pictures.map(({ id }) => id)).toEqual([ann.pictureId]);
    const list = async (owner: Owner | null) =>
      ((await (await call(pictures.GET, owner, "/api/pictures")).json()) as { pictures: { id: string }[] })
        .pictures;
    expect((await list(ben.owner)).map(({ id }) => id)).toEqual([ben.pictureId]);
    expect(await list(null)).toEqual([]);
    const shelf = async (owner: Owner | null) =>
      ((await (await call(albums.GET, owner, "/api/albums")).json()) as { albums: { id: string }[] }).albums;
    expect((await shelf(ben.owner)).map(({ id }) => id)).toEqual([ben.albumId]);
    expect(await shelf(null)).toEqual([]);
  });

  test("emptying the trash takes one's own alone", async () => {
    const [one, two] = [await settle(await someAccount()), await settle(await someAccount())];
    for (const { owner, pictureId } of [one, two]) await trashPictures(owner.id, [pictureId]);
    const answer = await call(trash.DELETE, one.owner, "/x", { method: "DELETE" });
    expect(await answer.json()).toEqual({ purged: 1 });
    expect(await codeOf(showPicture(one.owner.id, one.pictureId))).toBe("not_found");
    expect((await showPicture(two.owner.id, two.pictureId)).trashedAt).not.toBeNull();
    await expect404(await call(trash.DELETE, null, "/x", { method: "DELETE" }));
  });

  test("a request that another site's page sends changes nothing", async () => {
    const headers = { origin: "https://evil.example" };
    const doors = [
      call(picture.DELETE, ann.owner, "/x", { params: { id: ann.pictureId }, method: "DELETE", headers }),
      call(picture.PATCH, ann.owner, "/x", { params: { id: ann.pictureId }, ...patch, headers }),
      call(pictures.POST, ann.owner, "/x", { method: "POST", body: "x", headers }),
      call(trash.DELETE, ann.owner, "/x", { method: "DELETE", headers }),
      call(albums.POST, ann.owner, "/x", { ...post({ title: "x" }), headers }),
      call(batch.POST, ann.owner, "/x", { ...post({ ids: [ann.pictureId], act: "trash" }), headers }),
      call(zip.POST, ann.owner, "/x", { method: "POST", body: `ids=${ann.pictureId}`, headers }),
      ...[album.PATCH, albumPictures.PATCH].map((door) =>
        call(door, ben.owner, "/x", { params: { id: ben.albumId }, method: "PATCH", body: "{}", headers }),
      ),
      ...[albumPictures.POST, removal.POST].map((door) =>
        call(door, ben.owner, "/x", {
          ...{ params: { id: ben.albumId }, ...post({ ids: [ben.pictureId] }), headers },
        }),
      ),
      call(shares.POST, ben.owner, "/x", { ...post({ albumId: ben.albumId }), headers }),
      call(album.DELETE, ben.owner, "/x", { params: { id: ben.albumId }, method: "DELETE", headers }),
      call(cancel.POST, ann.owner, "/x", { params: { id: ann.jobId }, method: "POST", headers }),
      call(retry.POST, ann.owner, "/x", {
        params: { id: ann.jobId },
        method: "POST",
        headers: { origin: "null" },
      }),
      call(picture.POST, ann.owner, "/x", {
        ...{ params: { id: ann.pictureId }, method: "POST", headers: { "sec-fetch-site": "cross-site" } },
      }),
    ];
    for (const answer of await Promise.all(doors)) {
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: "origin_mismatch" });
    }
    expect((await showPicture(ann.owner.id, ann.pictureId)).trashedAt).toBeNull();
    const own = { origin: "http://localhost:3000" };
    const answer = await call(picture.PATCH, ann.owner, "/x", {
      params: { id: ann.pictureId },
      ...patch,
      headers: own,
    });
    expect(answer.status).toBe(200);
  });
});
