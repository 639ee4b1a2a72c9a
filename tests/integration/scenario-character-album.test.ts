import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { addToAlbum } from "@/lib/albums/add-to-album";
import { deleteAlbum } from "@/lib/albums/delete-album";
import { listAlbumPictures } from "@/lib/albums/list-album-pictures";
import { listAlbums } from "@/lib/albums/list-albums";
import { lockInAlbum } from "@/lib/albums/lock-in-album";
import { removeFromAlbum } from "@/lib/albums/remove-from-album";
import { replaceInAlbum } from "@/lib/albums/replace-in-album";
import { setCover } from "@/lib/albums/set-cover";
import { showAlbum } from "@/lib/albums/show-album";
import { db, type Job } from "@/lib/db/client";
import { findJob } from "@/lib/db/jobs";
import { listLoraCards } from "@/lib/drawing/list-lora-cards";
import { cancelJob } from "@/lib/jobs/cancel-job";
import { jobEvents } from "@/lib/jobs/job-events";
import { runJob } from "@/lib/jobs/run-job";
import { addOwnLora } from "@/lib/models/own-loras/add-own-lora";
import { captionPicture } from "@/lib/pictures/caption-picture";
import { madePictures } from "@/lib/pictures/made-pictures";
import { showPicture } from "@/lib/pictures/show-picture";
import { jobHandlers } from "@/lib/scenarios/registry";
import { startScenario } from "@/lib/scenarios/start-scenario";
import { ownModels } from "../support/own-models";
import { onBothWithFiles, someGuest } from "../support/pictures";
import { galleryOf, runScenario } from "../support/scenarios";
import { writeLora } from "../support/tiny-lora";

const never = new AbortController().signal;
const written = (...lines: string[]) => ({ scenes: { written: lines }, count: lines.length });
const momo = { name: "momo" };

const made = ({ result }: Job) => madePictures.parse(result);
const pagesOf = async (ownerId: string, albumId: string) => {
  const { pictures } = await listAlbumPictures(ownerId, albumId);
  return pictures.map(({ id }) => id);
};
const runAgain = async (job: Job): Promise<Job> => {
  await db().job.update({ where: { id: job.id }, data: { state: "queued" } });
  await runJob(jobHandlers, job.id, never);
  return (await findJob(job.ownerId, job.id))!;
};

/** Does something once as many pictures of a job are there. */
function whenThereAre(count: number, ownerId: string, jobId: string, act: (job: Job) => Promise<unknown>) {
  let acted: Promise<unknown> | null = null;
  const look = async () => {
    const job = await findJob(ownerId, jobId);
    if (madePictures.safeParse(job?.result).data?.pictures.length === count) acted ??= act(job!);
  };
  jobEvents().on(`changed:${jobId}`, look);
  return async () => {
    jobEvents().off(`changed:${jobId}`, look);
    expect(acted).not.toBeNull();
    await acted;
  };
}

const folder = ownModels(async (models) => {
  const loras = path.join(models, "loras");
  await mkdir(loras);
  const attention = "lora_unet_input_blocks_1_1_transformer_blocks_0_attn1_to_q";
  const shapes = { [`${attention}.lora_down.weight`]: [4, 320], [`${attention}.lora_up.weight`]: [320, 4] };
  await writeLora(path.join(loras, "other.safetensors"), shapes, "other");
  await writeLora(path.join(loras, "leaving.safetensors"), shapes, "leaving");
});

onBothWithFiles("character albums", () => {
  test("pictures come one by one into an album, in the order of the scenes, with who is asked for in each", async () => {
    const owner = await someGuest();
    const input = { character: momo, scenes: { set: "day" }, count: 8, seed: 3 } as const;
    const job = await startScenario(owner.id, "character-album", input, crypto.randomUUID());
    const seen: number[] = [];
    const look = async () => {
      const now = madePictures.safeParse((await findJob(owner.id, job.id))?.result).data;
      if (now) seen.push(now.pictures.length);
    };
    jobEvents().on(`changed:${job.id}`, look);
    await runJob(jobHandlers, job.id, never);
    jobEvents().off(`changed:${job.id}`, look);
    expect(new Set(seen).size).toBeGreaterThan(3);

    const done = (await findJob(owner.id, job.id))!;
    expect(done).toMatchObject({ state: "done", errorCode: null, pictureId: job.id });
    const { pictures, albumId, recognised } = made(done);
    expect(pictures).toHaveLength(8);
    expect(await pagesOf(owner.id, albumId!)).toEqual(pictures);
    expect(await showAlbum(owner.id, albumId!)).toMatchObject({
      title: "Momo · A day out",
      cover: { id: job.id },
    });
    expect(await showPicture(owner.id, pictures[1]!)).toMatchObject({
      ...{ kind: "drawing", title: "Momo · A meadow in the sun", width: 512 },
      settings: { seed: 4, count: 1, scenes: { written: [expect.stringContaining("a meadow")] } },
    });
    expect(recognised).toBeGreaterThanOrEqual(7);

    const other = await runScenario(owner.id, "character-album", {
      ...written("smiling, cream background"),
      ...{ character: { name: "kai" }, style: { name: "mosaic", weight: 0.5 }, language: "zh" },
    });
    expect(await showAlbum(owner.id, made(other).albumId!)).toMatchObject({ title: "阿凯的相册" });
    const [page] = made(other).pictures;
    expect(await showPicture(owner.id, page!)).toMatchObject({ title: "阿凯 · smiling, cream background" });
  });

  test("a job that runs twice makes nothing twice, and does not draw again what is there", async () => {
    const owner = await someGuest();
    const job = await runScenario(owner.id, "character-album", {
      ...written("in a forest", "at the sea"),
      character: momo,
    });
    const before = await db().picture.findMany({ where: { ownerId: owner.id }, orderBy: { id: "asc" } });
    const again = await runAgain(job);
    expect(made(again)).toEqual(made(job));
    expect(await db().picture.findMany({ where: { ownerId: owner.id }, orderBy: { id: "asc" } })).toEqual(
      before,
    );
    expect(await listAlbums(owner.id)).toHaveLength(1);
    expect(await pagesOf(owner.id, made(job).albumId!)).toEqual(made(job).pictures);
  });

  test("cancelled in the middle, what is there stays; taken up again, the rest follows", async () => {
    const owner = await someGuest();
    const input = { character: momo, count: 8 };
    const { id } = await startScenario(owner.id, "character-album", input, crypto.randomUUID());
    const acted = whenThereAre(2, owner.id, id, () => cancelJob(owner.id, id));
    await runJob(jobHandlers, id, never);
    await acted();
    const cancelled = (await findJob(owner.id, id))!;
    expect(cancelled).toMatchObject({ state: "cancelled" });
    const { albumId, pictures } = made(cancelled);
    const kept = await pagesOf(owner.id, albumId!);
    expect(kept.slice(0, 2)).toEqual(pictures.slice(0, 2));
    expect(kept.length).toBeLessThan(8);
    await db().job.update({ where: { id }, data: { cancelRequested: false } });
    const done = await runAgain(cancelled);
    expect(made(done).albumId).toBe(albumId);
    expect(await pagesOf(owner.id, albumId!)).toEqual(made(done).pictures);
    expect(made(done).pictures).toHaveLength(8);
  });

  test("an album that is deleted meanwhile does not come back; its pictures stay in the gallery", async () => {
    const owner = await someGuest();
    const input = { character: momo, count: 8 };
    const { id } = await startScenario(owner.id, "character-album", input, crypto.randomUUID());
    const acted = whenThereAre(2, owner.id, id, (job) => deleteAlbum(owner.id, made(job).albumId!));
    await runJob(jobHandlers, id, never);
    await acted();
    const failed = (await findJob(owner.id, id))!;
    expect(failed).toMatchObject({ state: "failed", errorCode: "album_gone" });
    expect(await listAlbums(owner.id)).toEqual([]);
    expect((await galleryOf(owner.id)).length).toBeGreaterThanOrEqual(2);
    expect(await runAgain(failed)).toMatchObject({ state: "failed", errorCode: "album_gone" });
    expect(await listAlbums(owner.id)).toEqual([]);
  });

  test("a page is drawn anew in its place and keeps its caption and cover; locked ones stay", async () => {
    const owner = await someGuest();
    const album = await runScenario(owner.id, "character-album", {
      ...written("in a forest", "at the sea", "in a city"),
      character: momo,
    });
    const { albumId, pictures } = made(album);
    const [first, second, third] = pictures as [string, string, string];
    await captionPicture(owner.id, second, "By the sea, 2026");
    await setCover(owner.id, albumId!, second);
    await lockInAlbum(owner.id, albumId!, third, true);
    expect((await listAlbumPictures(owner.id, albumId!)).locked).toEqual([third]);

    const input = { album: albumId!, pictures: [second, third] };
    const redrawn = await runScenario(owner.id, "character-album-redraw", input);
    expect(redrawn).toMatchObject({ state: "done" });
    const [anew, ...more] = made(redrawn).pictures;
    expect(more).toEqual([]);
    expect(await pagesOf(owner.id, albumId!)).toEqual([first, anew, third]);
    expect(await showAlbum(owner.id, albumId!)).toMatchObject({ cover: { id: anew } });
    const [before, after] = [await showPicture(owner.id, second), await showPicture(owner.id, anew!)];
    expect(before.trashedAt).not.toBeNull();
    expect(after).toMatchObject({ caption: "By the sea, 2026", trashedAt: null, title: before.title });
    expect(after.revision).not.toBe(before.revision);

    await runAgain(redrawn);
    expect(await pagesOf(owner.id, albumId!)).toEqual([first, anew, third]);
    const onlyLocked = { album: albumId!, pictures: [third] };
    expect(await runScenario(owner.id, "character-album-redraw", onlyLocked)).toMatchObject({
      errorCode: "pictures_locked",
    });
  });

  test("another's album is not there, and what no album was made with is not drawn anew", async () => {
    const [owner, other] = [await someGuest(), await someGuest()];
    const album = await runScenario(owner.id, "character-album", {
      ...written("in a forest"),
      character: momo,
    });
    const { albumId, pictures } = made(album);
    expect(
      await runScenario(other.id, "character-album-redraw", { album: albumId!, pictures }),
    ).toMatchObject({ state: "failed", errorCode: "not_found" });
    const drawing = await runScenario(owner.id, "text-to-image", { prompt: "the sea", count: 1 });
    await addToAlbum(owner.id, albumId!, made(drawing).pictures);
    expect(
      await runScenario(owner.id, "character-album-redraw", {
        ...{ album: albumId!, pictures: made(drawing).pictures },
      }),
    ).toMatchObject({ state: "failed", errorCode: "input_invalid" });
    expect(await pagesOf(owner.id, albumId!)).toEqual([...pictures, ...made(drawing).pictures]);
  });

  test("a page that has left the album is neither drawn anew nor put back, and stays out of the trash", async () => {
    const owner = await someGuest();
    const album = await runScenario(owner.id, "character-album", {
      ...written("in a forest", "at the sea", "in a city"),
      character: momo,
    });
    const { albumId, pictures } = made(album);
    const [first, second, third] = pictures as [string, string, string];
    await removeFromAlbum(owner.id, albumId!, [second]);
    const redrawn = await runScenario(owner.id, "character-album-redraw", {
      ...{ album: albumId!, pictures: [second, third] },
    });
    const [anew, ...more] = made(redrawn).pictures;
    expect(more).toEqual([]);
    expect(await pagesOf(owner.id, albumId!)).toEqual([first, anew]);
    // It may leave while it is drawn, too.
    await replaceInAlbum(owner.id, albumId!, second, third);
    expect(await pagesOf(owner.id, albumId!)).toEqual([first, anew]);
    expect(await showPicture(owner.id, second)).toMatchObject({ trashedAt: null });
    const onlyGone = { album: albumId!, pictures: [second] };
    expect(await runScenario(owner.id, "character-album-redraw", onlyGone)).toMatchObject({
      ...{ state: "failed", errorCode: "not_found" },
    });
  });

  test("a LoRA of one's own is a character, for its owner alone", async () => {
    const [owner, other] = [await someGuest(), await someGuest()];
    const file = "models/seedling/loras/momo.safetensors";
    const { lora } = await addOwnLora(owner.id, { file, name: "My cat.safetensors" });
    expect((await listLoraCards(owner.id))[0]).toMatchObject({
      ...{ name: lora.id, family: "seedling", title: { en: "My cat" }, hasPreview: false },
    });
    const input = { ...written("in a forest"), character: { name: lora.id } };
    const album = await runScenario(owner.id, "character-album", input);
    expect(album).toMatchObject({ state: "done", errorCode: null });
    expect(await showPicture(owner.id, album.id)).toMatchObject({ title: "My cat · in a forest" });
    expect(await runScenario(other.id, "character-album", input)).toMatchObject({ errorCode: "not_found" });
    expect((await listLoraCards(other.id)).some(({ name }) => name === lora.id)).toBe(false);
  });

  test("a LoRA that is unknown, was removed, or is for another model is told, and leaves no album", async () => {
    const owner = await someGuest();
    const album = (name: string, model: string | null = null) =>
      startScenario(
        owner.id,
        "character-album",
        { character: { name }, count: 8, model },
        crypto.randomUUID(),
      );
    const leaving = await album("leaving");
    await rm(path.join(folder(), "loras", "leaving.safetensors"), { force: true });
    for (const [job, code] of [
      [await album("nobody"), "weights_missing"],
      [leaving, "weights_missing"],
      [await album("other", "seedling"), "lora_fits_nothing"],
    ] as const) {
      await runJob(jobHandlers, job.id, never);
      expect(await findJob(owner.id, job.id)).toMatchObject({ state: "failed", errorCode: code });
    }
    expect(await listAlbums(owner.id)).toEqual([]);
    expect(await galleryOf(owner.id)).toEqual([]);
  });
});
