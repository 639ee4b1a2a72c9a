import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { expect, test } from "vitest";
import { addPicture } from "@/lib/pictures/add-picture";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { madePictures } from "@/lib/pictures/made-pictures";
import { readOriginal } from "@/lib/pictures/read-picture-file";
import { onBothWithFiles, someGuest } from "../support/pictures";
import { galleryOf, madeBy, runScenario } from "../support/scenarios";

/** Pixels a side at which pictures are compared. */
const SIDE = 64;

async function photoOf(ownerId: string, name = "portrait"): Promise<string> {
  const bytes = await readFile(`public/samples/${name}.webp`);
  return (await addPicture(ownerId, { bytes, name: `${name}.webp` })).picture.id;
}

async function pixels(ownerId: string, id: string): Promise<Uint8ClampedArray> {
  const bytes = await (await readOriginal(ownerId, id)).read();
  return (await decodeRgb(bytes, { resize: (to) => to.resize(SIDE, SIDE) })).data;
}

const difference = (a: Uint8ClampedArray, b: Uint8ClampedArray): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

onBothWithFiles("portraits", () => {
  test("a photo becomes a portrait around the face that was found", async () => {
    const owner = await someGuest();
    const photo = await photoOf(owner.id);
    const job = await runScenario(owner.id, "portrait", { photo, style: "watercolour", seed: 3 });
    expect(job).toMatchObject({ state: "done", errorCode: null, result: { isFaceFound: true, of: 1 } });
    expect(await madeBy(job)).toMatchObject([
      {
        ...{ kind: "drawing", width: 512, height: 512, sourceId: photo, title: "Watercolour" },
        settings: { style: "watercolour", seed: 3, sheet: null },
      },
    ]);
  });

  test("more strength goes further from the photo, more likeness stays nearer", async () => {
    const owner = await someGuest();
    const photo = await photoOf(owner.id);
    // The whole picture is the crop, and the background kept: the photo itself is what to compare with.
    const plain = {
      ...{ photo, style: "flat" as const, seed: 5, detail: false, background: { kind: "keep" as const } },
      crop: { x: 0.5, y: 0.5, side: 1 },
    };
    const own = await pixels(owner.id, photo);
    const distance = async (asked: object) => {
      const [made] = await madeBy(await runScenario(owner.id, "portrait", { ...plain, ...asked }));
      return difference(own, await pixels(owner.id, made!.id));
    };
    const strengths: number[] = [];
    for (const strength of [0, 0.5, 1]) strengths.push(await distance({ strength }));
    expect(strengths[0]).toBeLessThan(strengths[1]!);
    expect(strengths[1]).toBeLessThan(strengths[2]!);
    expect(await distance({ strength: 0.8, likeness: 1 })).toBeLessThan(
      await distance({ strength: 0.8, likeness: 0 }),
    );
  });

  test("a blurred background is softer than the one that was there, and the face is not", async () => {
    const owner = await someGuest();
    const photo = await photoOf(owner.id);
    const sharpness = async (kind: "keep" | "blur") => {
      const asked = { photo, seed: 2, detail: false, strength: 0, likeness: 1, background: { kind } };
      const [made] = await madeBy(await runScenario(owner.id, "portrait", asked));
      const all = await pixels(owner.id, made!.id);
      const edges = (left: number, top: number, width: number, height: number) => {
        let sum = 0;
        for (let y = top; y < top + height; y++)
          for (let x = left; x < left + width; x++) {
            const at = 3 * (y * SIDE + x);
            sum += Math.abs(all[at]! - all[at + 3]!) + Math.abs(all[at]! - all[at + 3 * SIDE]!);
          }
        return sum / (width * height);
      };
      const third = Math.floor(SIDE / 3);
      return { corner: edges(0, 0, SIDE / 8, SIDE / 2), face: edges(third, third, third, third) };
    };
    const [kept, blurred] = [await sharpness("keep"), await sharpness("blur")];
    expect(blurred.corner).toBeLessThan(0.7 * kept.corner);
    expect(blurred.face).toBeGreaterThan(0.8 * kept.face);
  });

  test("a colour asked for stands behind; words change what is there", async () => {
    const owner = await someGuest();
    const photo = await photoOf(owner.id);
    const corner = async (background: object) => {
      const asked = { photo, seed: 2, detail: false, likeness: 0, background: background as never };
      const [made] = await madeBy(await runScenario(owner.id, "portrait", asked));
      const all = await pixels(owner.id, made!.id);
      return [...all.slice(0, 3)];
    };
    expect(await corner({ kind: "colour", colour: "#12c048" })).toEqual([0x12, 0xc0, 0x48]);
    expect(await corner({ kind: "prompt", prompt: "the sea at night" })).not.toEqual(
      await corner({ kind: "keep" }),
    );
  });

  test("a sheet draws every style in every strength, in order, and itself", async () => {
    const owner = await someGuest();
    const photo = await photoOf(owner.id);
    const sheet = { styles: ["flat" as const, "mosaic" as const], strengths: [0.2, 0.8] };
    const asked = { photo, seed: 4, sheet, language: "zh" } as const;
    const job = await runScenario(owner.id, "portrait", asked);
    expect(job).toMatchObject({ state: "done", errorCode: null });
    const result = madePictures.parse(job.result);
    expect(result.of).toBe(5);
    // The page shows them as a table.
    expect(result.sheet).toEqual({
      ...{ across: "amount", columns: ["0.2", "0.8"] },
      ...{ down: "style", rows: ["flat", "mosaic"] },
      cells: result.pictures.slice(0, 4),
    });
    const made = await madeBy(job);
    expect(made.slice(0, 4).map(({ settings }) => settings)).toMatchObject([
      { style: "flat", strength: 0.2, sheet: null },
      { style: "flat", strength: 0.8 },
      { style: "mosaic", strength: 0.2 },
      { style: "mosaic", strength: 0.8 },
    ]);
    expect(made.map(({ title }) => title)).toEqual([
      ...["扁平插画", "扁平插画", "马赛克", "马赛克", "风格与浓淡对比"],
    ]);
    expect(made[4]!.width).toBeGreaterThan(2 * 256);
  }, 60_000);

  test("without a face it says so, and draws the upper middle or what was chosen", async () => {
    const owner = await someGuest();
    const photo = await photoOf(owner.id, "dawn");
    const job = await runScenario(owner.id, "portrait", { photo, seed: 1 });
    expect(job).toMatchObject({ state: "done", result: { isFaceFound: false } });
    const crop = { x: 0.2, y: 0.8, side: 0.3 };
    expect(await runScenario(owner.id, "portrait", { photo, seed: 1, crop })).toMatchObject({
      state: "done",
    });
  });

  test("another's photo, and one that is gone, are told; nothing is made", async () => {
    const [owner, other] = [await someGuest(), await someGuest()];
    const theirs = await photoOf(other.id);
    expect(await runScenario(owner.id, "portrait", { photo: theirs })).toMatchObject({
      ...{ state: "failed", errorCode: "not_found" },
    });
    expect(await galleryOf(owner.id)).toEqual([]);
  });

  test("a picture of one pixel, and one that is all white, are drawn without a face", async () => {
    const owner = await someGuest();
    for (const side of [1, 300]) {
      const bytes = await sharp({ create: { width: side, height: side, channels: 3, background: "#fff" } })
        .png()
        .toBuffer();
      const { picture } = await addPicture(owner.id, { bytes, name: `${side}.png` });
      const job = await runScenario(owner.id, "portrait", { photo: picture.id, seed: 1, detail: false });
      expect(job).toMatchObject({ state: "done", result: { isFaceFound: false } });
    }
  });
});
