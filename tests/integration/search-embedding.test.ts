import { randomUUID } from "node:crypto";
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { databaseKind, db, sql } from "@/lib/db/client";
import { dropLease, takeLease } from "@/lib/db/leases";
import { markBlobMissing } from "@/lib/db/picture-upkeep";
import { readTags } from "@/lib/db/tags";
import { listWithoutVector, saveVectors } from "@/lib/db/vectors";
import { clipPicture } from "@/lib/engine/annotators/clip-picture";
import { forgetEnv } from "@/lib/env";
import { infer } from "@/lib/inference/client";
import { addPicture } from "@/lib/pictures/add-picture";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { type ClipModel, clipNamed, currentClip } from "@/lib/search/clip-model";
import { asSeen, BATCH, embedWaiting } from "@/lib/search/embed-pictures";
import { embedWords } from "@/lib/search/embed-words";
import { type EmbeddingLoop, startEmbeddingLoop } from "@/lib/search/embedding-loop";
import { findPictures } from "@/lib/search/find-pictures";
import { tagNextPictures } from "@/lib/search/tag-pictures";
import { storage } from "@/lib/storage/open-storage";
import { ownModels } from "../support/own-models";
import { noise, onBothWithFiles, pictureFile, someGuest } from "../support/pictures";
import { cosine, readClipGolden, writeTinyClip } from "../support/tiny-clip";
import { writeTinyCheckpoint } from "../support/tiny-weights";

/** Of the tiny model. */
const WIDTH = 20;
const models = ownModels((folder) => writeTinyClip(path.join(folder, "clip", "Tiny one"), "clip"));

const never = new AbortController().signal;
const clip = async () => (await currentClip())!;

/** @returns how many. */
async function embedAll(model: ClipModel): Promise<number> {
  let done = 0;
  for await (const count of embedWaiting(model, never)) done += count;
  return done;
}

async function vectorOf(pictureId: string, model: string): Promise<number[] | null | undefined> {
  const { rows } = await sql(
    `SELECT "vector"::text AS v FROM "PictureVector" WHERE "pictureId" = $1 AND "model" = $2`,
    [pictureId, model],
  );
  const text = rows[0]?.v;
  return typeof text === "string" ? JSON.parse(text) : (text as null | undefined);
}

test("a model is named plainly, by what its vectors depend on", async () => {
  const before = await clip();
  expect(before.name).toMatch(/^tiny-one@[0-9a-f]{12}$/);
  expect(await clipNamed(before.name)).toEqual(before);
  await appendFile(path.join(before.path, "config.json"), "\n");
  expect((await clip()).name).not.toBe(before.name);
  expect(await clipNamed(before.name)).toBeNull();
  vi.stubEnv("SEARCH_MODEL", "tiny two");
  forgetEnv();
  await expect(currentClip()).rejects.toMatchObject({ code: "weights_missing" });
  vi.stubEnv("SEARCH_MODEL", "");
  forgetEnv();
});

test("of several that were installed the last one is searched with, whatever they are called", async () => {
  const record = (installedAt: string) =>
    JSON.stringify({
      ...{ catalogueId: null, source: "file", licence: null, what: "clip", family: null, layout: "folder" },
      ...{ triggerWords: [], files: [], installedAt },
    });
  const folder = path.join(models(), "clip");
  for (const [name, year] of [
    ["a clip", 2025],
    ["z siglip", 2099],
  ]) {
    await writeTinyClip(path.join(folder, `${name}`), "clip");
    await writeFile(path.join(folder, `${name}.library.json`), record(`${year}-01-01T00:00:00.000Z`));
  }
  expect((await clip()).name).toMatch(/^z-siglip@/);
  for (const name of ["a clip", "z siglip"]) {
    await rm(path.join(folder, name), { recursive: true });
    await rm(path.join(folder, `${name}.library.json`));
  }
  expect((await clip()).name).toMatch(/^tiny-one@/);
});

test("text encoders of diffusion models, which lie among them, are not searched with", async () => {
  const { shapes } = (await readClipGolden()).clip;
  const text = Object.entries(shapes).filter(([key]) => key.startsWith("text_model."));
  await writeTinyCheckpoint(path.join(models(), "clip", "clip_l.safetensors"), Object.fromEntries(text));
  expect((await clip()).name).toMatch(/^tiny-one@/);
});

test.each(["cat", "meadow", "portrait"])(
  "%s, opened as large as a model looks at it, has the pixels of the reference",
  async (name) => {
    const original = await readFile(`public/samples/${name}.webp`);
    const bytes = await sharp(original).resize(2000, 1500, { fit: "cover" }).jpeg({ quality: 92 }).toBuffer();
    const framing = { shortestEdge: 224, crop: 224 };
    const whole = clipPicture(await decodeRgb(bytes), framing).data;
    const seen = clipPicture(await decodeRgb(bytes, { resize: asSeen({ side: 224 }) }), framing).data;
    const apart = whole.reduce((sum, value, i) => sum + Math.abs(value - seen[i]!), 0) / whole.length;
    expect(apart).toBeLessThan(1);
  },
);

test("more words than are remembered are each answered for, again and again", async () => {
  const model = await clip();
  const words = (from: number) => Array.from({ length: 1_200 }, (_, i) => `word ${from + i}`);
  const first = await embedWords(model, words(0));
  await embedWords(model, words(1_200));
  const again = await embedWords(model, words(0));
  expect(again.every((row, i) => row !== undefined && cosine(row, first[i]!) > 0.9999)).toBe(true);
}, 60_000);

onBothWithFiles("seeing pictures", () => {
  const loops: EmbeddingLoop[] = [];
  const startLoop = () => {
    loops.push(startEmbeddingLoop());
  };
  afterEach(async () => {
    await Promise.all(loops.splice(0).map((loop) => loop.stop()));
  });
  const waiting = async () => (await listWithoutVector((await clip()).name, 99)).length;

  test("those of before and those that come in get the model's vectors", async () => {
    const owner = await someGuest();
    const before = await addPicture(owner.id, await pictureFile());
    startLoop();
    await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 30_000 });
    const bytes = await noise(1600, 900).jpeg().toBuffer();
    const after = await addPicture(owner.id, { bytes, name: "after.jpg" });
    await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 30_000 });

    const model = await clip();
    expect(await vectorOf(before.picture.id, model.name)).toHaveLength(
      (await vectorOf(after.picture.id, model.name))!.length,
    );
    // As the whole picture would have been seen, though its decoder opened it smaller.
    const whole = await decodeRgb(bytes);
    const { pictures } = await infer("embed", { model: model.path, texts: [], pictures: [whole] });
    expect(cosine((await vectorOf(after.picture.id, model.name))!, pictures[0]!)).toBeGreaterThan(0.999);
  });

  test("more than fit into a batch are each seen once", async () => {
    const owner = await someGuest();
    const model = await clip();
    const ids = [];
    for (let i = 0; i < 2 * BATCH + 3; i++) {
      const bytes = await noise(40 + i, 40)
        .png()
        .toBuffer();
      ids.push((await addPicture(owner.id, { bytes, name: `${i}.png` })).picture.id);
    }
    const read = vi.spyOn(storage(), "read").mockClear();
    expect(await embedAll(model)).toBe(ids.length);
    expect(read).toHaveBeenCalledTimes(ids.length);
    for (const id of ids) expect(await vectorOf(id, model.name)).toHaveLength(WIDTH);
  });

  test("what is damaged is not tried again, until its original is back", async () => {
    const owner = await someGuest();
    const model = await clip();
    const { picture } = await addPicture(owner.id, await pictureFile());
    const { blob } = await db().picture.findUniqueOrThrow({ where: { id: picture.id } });
    const read = vi.spyOn(storage(), "read").mockResolvedValueOnce(Buffer.from("no picture at all"));
    expect(await embedAll(model)).toBe(1);
    expect(read).toHaveBeenCalledWith(blob);
    expect(await vectorOf(picture.id, model.name)).toBeNull();
    // Nobody waits for it.
    expect((await findPictures(owner.id, { words: "anything" })).waiting).toBe(0);
    expect(await embedAll(model)).toBe(0);
    await markBlobMissing(picture.id, new Date());
    await markBlobMissing(picture.id, null);
    expect(await embedAll(model)).toBe(1);
    expect(await vectorOf(picture.id, model.name)).toHaveLength(WIDTH);
  });

  test("a word that a vocabulary has twice, but for capitals, is told once", async () => {
    const owner = await someGuest();
    const model = await clip();
    const { picture } = await addPicture(owner.id, await pictureFile());
    const others = Array.from({ length: 30 }, (_, i) => ({ en: `thing ${i}`, zh: `thing ${i}` }));
    const twice = ["Lantern", "lantern"].map((word) => ({ en: word, zh: word }));
    const file = path.join(model.path, "vocabulary.json");
    await writeFile(file, JSON.stringify({ words: [...others, ...twice] }));
    onTestFinished(() => rm(file));
    const [vector] = await embedWords(model, ["lantern"]);
    await saveVectors(model.name, [{ pictureId: picture.id, vector: vector! }]);
    while ((await tagNextPictures(model, never)) > 0);
    expect((await readTags(owner.id, [picture.id])).get(picture.id)).toMatchObject([{ word: "lantern" }]);
  });

  test("a database or storage that is away is waited for; nothing is noted as damaged", async () => {
    const owner = await someGuest();
    const model = await clip();
    await addPicture(owner.id, await pictureFile());
    vi.spyOn(storage(), "read").mockRejectedValueOnce(new Error("the bucket is away"));
    await expect(embedAll(model)).rejects.toThrow("the bucket is away");
    expect(await waiting()).toBe(1);
    expect(await embedAll(model)).toBe(1);
  });

  test("one process does the work, and another when that falls silent", async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    expect(await takeLease("a work", one, 60_000)).toBe(true);
    expect(await takeLease("a work", two, 60_000)).toBe(false);
    expect(await takeLease("another work", two, 60_000)).toBe(true);
    expect(await takeLease("a work", one, -1)).toBe(true);
    expect(await takeLease("a work", two, 60_000)).toBe(true);
    await dropLease("a work", one);
    expect(await takeLease("a work", one, 60_000)).toBe(false);
    await dropLease("a work", two);
    expect(await takeLease("a work", one, 60_000)).toBe(true);
  });

  test("what another process that is gone had taken on, a process alone on its database takes over at once", async () => {
    const owner = await someGuest();
    await addPicture(owner.id, await pictureFile());
    expect(await takeLease("see-pictures", randomUUID(), 600_000)).toBe(true);
    startLoop();
    const isAlone = databaseKind() === "embedded";
    if (isAlone) await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 30_000 });
    else {
      await addPicture(owner.id, await pictureFile());
      expect(await waiting()).toBe(2);
    }
  });
});
