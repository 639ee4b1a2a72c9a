import sharp from "sharp";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { fromParameters } from "@/lib/drawing/picture-parameters";
import { restoreDrawing } from "@/lib/drawing/restore-drawing";
import { readPictureParameters } from "@/lib/engine/parameters/picture-parameters";
import { runJob } from "@/lib/jobs/run-job";
import { addPicture } from "@/lib/pictures/add-picture";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { madePictures } from "@/lib/pictures/made-pictures";
import { readOriginal } from "@/lib/pictures/read-picture-file";
import { jobHandlers } from "@/lib/scenarios/registry";
import { onBothWithFiles, pictureFile, someGuest } from "../support/pictures";
import { galleryOf, madeBy, runScenario } from "../support/scenarios";

const prompt = "a girl with red hair and glasses in a forest";

async function pixels(ownerId: string, id: string): Promise<Uint8ClampedArray> {
  return (await decodeRgb(await (await readOriginal(ownerId, id)).read())).data;
}

const meanDifference = (a: Uint8ClampedArray, b: Uint8ClampedArray): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

onBothWithFiles("text to image", () => {
  test("pictures arrive in the gallery, large enough to look at, and say what restores them", async () => {
    const owner = await someGuest();
    const job = await runScenario(owner.id, "text-to-image", { prompt, count: 2, seed: 7 });
    expect(job).toMatchObject({ state: "done", errorCode: null, pictureId: job.id });
    const made = await madeBy(job);
    expect(made).toMatchObject([
      { kind: "drawing", title: prompt, width: 512, height: 512, settings: { seed: 7, count: 1 } },
      { kind: "drawing", settings: { seed: 8, count: 1 } },
    ]);
    expect([...(await galleryOf(owner.id))].sort()).toEqual(made.map(({ id }) => id).sort());
    const file = await (await readOriginal(owner.id, made[1]!.id)).read();
    const text = await readPictureParameters(file);
    expect(text && fromParameters(text)).toMatchObject({
      settings: { prompt, seed: 8, steps: 4, sampler: "lcm", width: 128, height: 128 },
      model: { name: "seedling" },
    });

    const [again] = await madeBy(await runScenario(owner.id, "text-to-image", made[1]!.settings as never));
    expect(await pixels(owner.id, again!.id)).toEqual(await pixels(owner.id, made[1]!.id));
  });

  test("a drawing that comes back as a file still says how it was drawn; a photo says nothing", async () => {
    const owner = await someGuest();
    const input = { prompt, count: 1, seed: 9, negativePrompt: "hat", steps: 5 };
    const [made] = await madeBy(await runScenario(owner.id, "text-to-image", input));
    const bytes = await (await readOriginal(owner.id, made!.id)).read();
    const other = await someGuest();
    const { picture } = await addPicture(other.id, { bytes, name: "theirs.png" });
    expect(await restoreDrawing(other.id, picture.id)).toMatchObject({
      prompt,
      options: { seed: 9, negativePrompt: "hat", steps: 5, sampler: "lcm", guidance: 3, model: "seedling" },
    });
    const plain = await addPicture(other.id, await pictureFile());
    expect(await restoreDrawing(other.id, plain.picture.id)).toBeNull();
  });

  test("a job that runs twice makes nothing twice", async () => {
    const owner = await someGuest();
    const job = await runScenario(owner.id, "text-to-image", { prompt, count: 2 });
    await db().job.update({ where: { id: job.id }, data: { state: "queued" } });
    await runJob(jobHandlers, job.id, new AbortController().signal);
    expect(await galleryOf(owner.id)).toHaveLength(2);
  });

  test("begun with a picture, less of it is left the more is forgotten; a mask keeps the rest", async () => {
    const owner = await someGuest();
    const [source] = await madeBy(
      await runScenario(owner.id, "text-to-image", { prompt, count: 1, seed: 3 }),
    );
    const own = await pixels(owner.id, source!.id);
    const from = (strength: number) => ({ picture: source!.id, strength });
    const other = { prompt: "the sea at night", count: 1, seed: 4 };
    const changed = async (input: object) => {
      const [made] = await madeBy(await runScenario(owner.id, "text-to-image", { ...other, ...input }));
      return { made: made!, difference: meanDifference(own, await pixels(owner.id, made!.id)) };
    };
    const [little, more, all] = [
      await changed({ from: from(0.25) }),
      await changed({ from: from(0.6) }),
      await changed({ from: from(1) }),
    ];
    expect(little.made.sourceId).toBe(source!.id);
    expect(little.difference).toBeLessThan(more.difference);
    expect(more.difference).toBeLessThan(all.difference);

    const half = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#000" } })
      .composite([
        { input: { create: { width: 32, height: 64, channels: 3, background: "#fff" } }, left: 0, top: 0 },
      ])
      .png()
      .toBuffer();
    const { made } = await changed({ from: from(1), mask: half.toString("base64") });
    const after = await pixels(owner.id, made.id);
    const side = (isLeft: boolean) =>
      own.filter(
        (_, i) => Math.floor(i / 3) % 512 < 256 === isLeft && (isLeft || Math.floor(i / 3) % 512 > 280),
      );
    const sideAfter = (isLeft: boolean) =>
      after.filter(
        (_, i) => Math.floor(i / 3) % 512 < 256 === isLeft && (isLeft || Math.floor(i / 3) % 512 > 280),
      );
    expect(meanDifference(side(false), sideAfter(false))).toBeLessThan(
      meanDifference(side(true), sideAfter(true)) / 3,
    );
  });

  test("variations stay near their seed's drawing", async () => {
    const owner = await someGuest();
    const draw = async (input: object) =>
      pixels(
        owner.id,
        (await madeBy(await runScenario(owner.id, "text-to-image", { prompt, count: 1, ...input })))[0]!.id,
      );
    const plain = await draw({ seed: 5 });
    const near = await draw({ seed: 5, variation: 0.1 });
    const far = await draw({ seed: 6 });
    expect(near).not.toEqual(plain);
    expect(meanDifference(plain, near)).toBeLessThan(meanDifference(plain, far));
  });

  test("a sheet draws every cell, each to be asked for again, and itself; cells are known by their place", async () => {
    const owner = await someGuest();
    const sheet = {
      x: { of: "style" as const, values: ["blue-print" as const, "mosaic" as const] },
      y: { of: "steps" as const, values: [2, 3] },
    };
    const job = await runScenario(owner.id, "text-to-image", { prompt, seed: 11, sheet });
    expect(job).toMatchObject({ state: "done", errorCode: null });
    const { pictures, of, sheet: made } = madePictures.parse(job.result);
    expect(of).toBe(5);
    expect(made).toEqual({
      ...{ across: "style", down: "steps", columns: ["blue-print", "mosaic"], rows: ["2", "3"] },
      cells: pictures.slice(0, 4),
    });
    const all = await madeBy(job);
    expect(all.slice(0, 4).map(({ settings }) => settings)).toMatchObject([
      { style: "blue-print", steps: 2, seed: 11, count: 1, sheet: null },
      { style: "mosaic", steps: 2 },
      { style: "blue-print", steps: 3 },
      { style: "mosaic", steps: 3 },
    ]);
    expect(all[4]).toMatchObject({ kind: "drawing", settings: { sheet, seed: 11 } });
    expect(all[4]!.width).toBeGreaterThan(2 * 256);
    const [again] = await madeBy(await runScenario(owner.id, "text-to-image", all[2]!.settings as never));
    expect(await pixels(owner.id, again!.id)).toEqual(await pixels(owner.id, all[2]!.id));
  });

  test("a sheet with a model that is not there draws nothing of it", async () => {
    const owner = await someGuest();
    const sheet = { x: { of: "model" as const, values: ["seedling", "Dreamshaper"] } };
    expect(await runScenario(owner.id, "text-to-image", { prompt, sheet })).toMatchObject({
      ...{ state: "failed", errorCode: "weights_missing" },
    });
    expect(await galleryOf(owner.id)).toEqual([]);
  });

  test("a model that is not there, and another's picture, are told", async () => {
    const [owner, other] = [await someGuest(), await someGuest()];
    expect(await runScenario(owner.id, "text-to-image", { prompt, model: "Dreamshaper" })).toMatchObject({
      ...{ state: "failed", errorCode: "weights_missing" },
      errorDetails: { file: "Dreamshaper", kind: "checkpoint" },
    });
    expect(await runScenario(owner.id, "text-to-image", { prompt, model: "../../etc/passwd" })).toMatchObject(
      {
        errorCode: "weights_missing",
      },
    );
    const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#456" } })
      .png()
      .toBuffer();
    const { picture } = await addPicture(other.id, { bytes, name: "theirs.png" });
    expect(
      await runScenario(owner.id, "text-to-image", { prompt, from: { picture: picture.id } }),
    ).toMatchObject({ state: "failed", errorCode: "not_found" });
    expect(await galleryOf(owner.id)).toEqual([]);
  });
});
