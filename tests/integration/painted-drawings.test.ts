import sharp, { type Region } from "sharp";
import { expect, test } from "vitest";
import { fromParameters } from "@/lib/drawing/picture-parameters";
import { readPictureParameters } from "@/lib/engine/parameters/picture-parameters";
import { addPicture } from "@/lib/pictures/add-picture";
import { decodeRgb, type RgbPixels } from "@/lib/pictures/decode-rgb";
import { readOriginal } from "@/lib/pictures/read-picture-file";
import { onBothWithFiles, someGuest } from "../support/pictures";
import { galleryOf, madeBy, runScenario } from "../support/scenarios";

const prompt = "a small red house";

const fileOf = async (ownerId: string, id: string): Promise<Buffer> =>
  Buffer.from(await (await readOriginal(ownerId, id)).read());
const pixels = async (ownerId: string, id: string): Promise<RgbPixels> =>
  decodeRgb(await fileOf(ownerId, id));

/** A photo's like: broad light and fine grain. */
async function photo(width: number, height: number): Promise<Buffer> {
  const data = Buffer.from(
    Uint8Array.from({ length: width * height * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      return 60 + (120 * x) / width + (40 * y) / height + ((i * 7919) % 31);
    }),
  );
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** White boxes on black. */
async function painted(width: number, height: number, box: Region): Promise<string> {
  const input = { create: { ...box, channels: 3 as const, background: "#fff" } };
  const made = await sharp({ create: { width, height, channels: 3, background: "#000" } })
    .composite([{ input, left: box.left, top: box.top }])
    .png()
    .toBuffer();
  return made.toString("base64");
}

/** Pixels, and by how much they changed. */
const none = () => ({ count: 0, changed: 0 });

onBothWithFiles("painting over a part", () => {
  test("keeps the picture's size and every other byte, and says that there was a mask", async () => {
    const owner = await someGuest();
    const { picture } = await addPicture(owner.id, { bytes: await photo(900, 520), name: "photo.png" });
    // Painted on a smaller canvas, as a phone's is.
    const mask = await painted(450, 260, { left: 100, top: 60, width: 90, height: 70 });
    const job = await runScenario(owner.id, "text-to-image", {
      ...{ prompt, count: 1, seed: 3, mask },
      from: { picture: picture.id, strength: 1 },
    });
    expect(job).toMatchObject({ state: "done", errorCode: null });
    const [made] = await madeBy(job);
    expect(made).toMatchObject({ width: 900, height: 520, sourceId: picture.id });
    const [before, after] = [await pixels(owner.id, picture.id), await pixels(owner.id, made!.id)];
    const [inside, near, beyond] = [none(), none(), none()];
    for (let y = 0; y < 520; y++)
      for (let x = 0; x < 900; x++) {
        const out = Math.hypot(Math.max(200 - x, 0, x - 380), Math.max(120 - y, 0, y - 260));
        const of = out === 0 ? inside : out < 60 ? near : beyond;
        of.count++;
        for (let c = 0; c < 3; c++) {
          const i = (y * 900 + x) * 3 + c;
          of.changed += Math.abs(after.data[i]! - before.data[i]!);
        }
      }
    expect(beyond.changed).toBe(0);
    expect(beyond.count).toBeGreaterThan(380_000);
    expect(inside.changed / inside.count).toBeGreaterThan(40);
    const text = await readPictureParameters(await fileOf(owner.id, made!.id));
    expect(text!.others).toContainEqual(["Inpaint area", "Only masked"]);
    expect(fromParameters(text!).pictures).toMatchObject([{ option: "init" }, { option: "mask" }]);
  });

  test("follows lines where they lie, and asks for paint", async () => {
    const owner = await someGuest();
    const { picture } = await addPicture(owner.id, { bytes: await photo(400, 300), name: "photo.png" });
    const asked = { prompt, count: 1, seed: 3, from: { picture: picture.id, strength: 1 } };
    const mask = await painted(400, 300, { left: 40, top: 40, width: 60, height: 60 });
    const lines = { picture: picture.id, weight: 1 };
    expect(await runScenario(owner.id, "text-to-image", { ...asked, mask, lines })).toMatchObject({
      state: "done",
    });
    const nothing = await painted(40, 30, { left: 0, top: 0, width: 1, height: 1 });
    const black = await sharp(Buffer.from(nothing, "base64")).linear(0).png().toBuffer();
    expect(
      await runScenario(owner.id, "text-to-image", { ...asked, mask: black.toString("base64") }),
    ).toMatchObject({ state: "failed", errorCode: "mask_empty" });
    expect(await galleryOf(owner.id)).toHaveLength(2);
  });
});

onBothWithFiles("the size of a drawing", () => {
  test("is the shape of the picture that it is begun with, or what was asked for", async () => {
    const owner = await someGuest();
    const { picture } = await addPicture(owner.id, { bytes: await photo(640, 360), name: "wide.png" });
    const from = { picture: picture.id, strength: 0.4 };
    const asked = { prompt, count: 1, seed: 3 };
    const [wide] = await madeBy(await runScenario(owner.id, "text-to-image", { ...asked, from }));
    expect(wide!.width / wide!.height).toBeCloseTo(640 / 360, 1);
    const size = { width: 96, height: 136 };
    const [own] = await madeBy(await runScenario(owner.id, "text-to-image", { ...asked, size }));
    expect(own).toMatchObject({ width: 384, height: 544 });
  });

  test("grows in a second pass, as far as the model goes, and the file says how far", async () => {
    const owner = await someGuest();
    const hires = { times: 4, strength: 0.5, steps: 3 };
    const job = await runScenario(owner.id, "text-to-image", { prompt, count: 1, seed: 3, hires });
    const [made] = await madeBy(job);
    expect(made).toMatchObject({ width: 768, height: 768, settings: { hires } });
    expect(job.result).toMatchObject({ hiresTimes: 1.5 });
    const fitting = { prompt, count: 1, seed: 3, hires: { times: 1.5 } };
    expect((await runScenario(owner.id, "text-to-image", fitting)).result).not.toHaveProperty("hiresTimes");
    const text = await readPictureParameters(await fileOf(owner.id, made!.id));
    expect(text).toMatchObject({ width: 128, height: 128, steps: 4, denoisingStrength: 0.5 });
    expect(fromParameters(text!).settings).toMatchObject({
      hires: { times: 1.5, strength: 0.5, steps: 3, upscaler: "seedling-x4" },
    });
  });
});
