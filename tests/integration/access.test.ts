import { beforeAll, describe, expect, test } from "vitest";
import * as cancel from "@/app/api/jobs/[id]/cancel/route";
import * as events from "@/app/api/jobs/[id]/events/route";
import * as retry from "@/app/api/jobs/[id]/retry/route";
import * as job from "@/app/api/jobs/[id]/route";
import * as download from "@/app/api/pictures/[id]/download/route";
import * as file from "@/app/api/pictures/[id]/file/route";
import * as picture from "@/app/api/pictures/[id]/route";
import * as tags from "@/app/api/pictures/[id]/tags/route";
import * as pictures from "@/app/api/pictures/route";
import * as trash from "@/app/api/pictures/trash/route";
import type { Owner } from "@/lib/accounts/owner";
import { db } from "@/lib/db/client";
import { addPicture } from "@/lib/pictures/add-picture";
import { listPictures } from "@/lib/pictures/list-pictures";
import { pictureSource } from "@/lib/pictures/picture-source";
import { readOriginal, readPictureFile } from "@/lib/pictures/read-picture-file";
import { renamePicture } from "@/lib/pictures/rename-picture";
import { restorePictures } from "@/lib/pictures/restore-pictures";
import { setFavourite } from "@/lib/pictures/set-favourite";
import { showPicture } from "@/lib/pictures/show-picture";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { findSimilar } from "@/lib/search/find-similar";
import { sayTag } from "@/lib/search/say-tag";
import { showTags } from "@/lib/search/show-tags";
import { call } from "../support/api";
import { codeOf, onBothWithFiles, pictureFile, someAccount, someGuest, someJob } from "../support/pictures";

onBothWithFiles("access", () => {
  interface Person {
    owner: Owner;
    pictureId: string;
    jobId: string;
  }

  let ann: Person;
  let ben: Person;
  let guest: Person;

  async function settle(owner: Owner): Promise<Person> {
    const added = await addPicture(owner.id, await pictureFile());
    return { owner, pictureId: added.picture.id, jobId: (await someJob(owner)).id };
  }

  beforeAll(async () => {
    ann = await settle(await someAccount());
    ben = await settle(await someAccount());
    guest = await settle(await someGuest());
  });

  const patch = { method: "PATCH", body: JSON.stringify({ title: "mine now", favourite: true }) };

  /** Every door to one picture or job: a new route or feature belongs in here. */
  const FEATURES: Record<string, (ownerId: string, id: string) => Promise<unknown>> = {
    showPicture,
    renamePicture: (ownerId, id) => renamePicture(ownerId, id, "mine now"),
    setFavourite: (ownerId, id) => setFavourite(ownerId, id, true),
    trashPictures: (ownerId, id) => trashPictures(ownerId, [id]),
    restorePictures: (ownerId, id) => restorePictures(ownerId, [id]),
    thumbnail: (ownerId, id) => readPictureFile(ownerId, id, 320),
    fullSize: (ownerId, id) => readPictureFile(ownerId, id, "full"),
    readOriginal,
    pictureSource,
    findSimilar,
    showTags,
    sayTag: (ownerId, id) => sayTag(ownerId, id, "mine now", true),
  };

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
    "GET tags": (owner, id) => call(tags.GET, owner, `/api/pictures/${id}/tags`, { params: { id } }),
    "PATCH tags": (owner, id) =>
      call(tags.PATCH, owner, `/api/pictures/${id}/tags`, {
        ...{ params: { id }, method: "PATCH", body: JSON.stringify({ word: "mine now", isSo: true }) },
      }),
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

    test.each(Object.entries({ ...PICTURE_ROUTES, ...JOB_ROUTES }))("route %s", async (name, door) => {
      const idOf = (person: Person) => (name in JOB_ROUTES ? person.jobId : person.pictureId);
      for (const [mine, theirs] of strangers()) await expect404(await door(mine!.owner, idOf(theirs!)));
      for (const id of [crypto.randomUUID(), "1", "%00"]) await expect404(await door(ann.owner, id));
      await expect404(await door(null, idOf(ann)));
    });

    test.each(Object.entries(PICTURE_ROUTES))("but one's own does: route %s", async (_, door) => {
      expect((await door(ann.owner, ann.pictureId)).status).toBeLessThan(300);
      expect((await door(guest.owner, guest.pictureId)).status).toBeLessThan(300);
    });

    test("one's own job", async () => {
      const answer = await JOB_ROUTES["GET job"]!(ann.owner, ann.jobId);
      expect(await answer.json()).toMatchObject({ id: ann.jobId, state: "running", errorCode: null });
    });

    test("nothing of anybody's was changed on the way", async () => {
      for (const { pictureId } of [ben, guest])
        expect(await db().picture.findUnique({ where: { id: pictureId } })).toMatchObject({
          trashedAt: null,
        });
      expect(await db().picture.findUnique({ where: { id: ben.pictureId } })).toMatchObject({
        ...{ title: "holiday", favourite: false },
      });
      const jobs = await db().job.findMany({ where: { id: { in: [ben.jobId, guest.jobId] } } });
      expect(jobs.map(({ cancelRequested }) => cancelRequested)).toEqual([false, false]);
    });
  });

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
