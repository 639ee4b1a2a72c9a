import sharp from "sharp";
import { expect, test } from "vitest";
import { addPicture } from "@/lib/pictures/add-picture";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { readOriginal } from "@/lib/pictures/read-picture-file";
import { onBothWithFiles, someGuest } from "../support/pictures";
import { galleryOf, madeBy, runScenario } from "../support/scenarios";

const prompt = "a beach with the sea and a blue sky";

async function upload(ownerId: string, bytes: Buffer): Promise<string> {
  return (await addPicture(ownerId, { bytes, name: "thing.png" })).picture.id;
}

/** A striped box on a plain table. */
const box = async () => {
  const stripes = await sharp({ create: { width: 40, height: 240, channels: 3, background: "#c81e3a" } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 480, height: 480, channels: 3, background: "#e8e4da" } })
    .composite([
      {
        input: { create: { width: 220, height: 240, channels: 3, background: "#1e4bc8" } },
        left: 130,
        top: 120,
      },
      ...[0, 80, 160].map((left) => ({ input: stripes, left: 140 + left, top: 120 })),
    ])
    .png()
    .toBuffer();
};

onBothWithFiles("product pictures", () => {
  test("a thing stands in a drawn place in every size, its own pixels untouched without light", async () => {
    const owner = await someGuest();
    const photo = await upload(owner.id, await box());
    const sizes = ["square" as const, "landscape" as const];
    const job = await runScenario(owner.id, "product", { photo, prompt, sizes, seed: 2, light: 0 });
    expect(job).toMatchObject({ state: "done", errorCode: null, result: { of: 2 } });
    const made = await madeBy(job);
    expect(made).toMatchObject([
      { kind: "drawing", width: 1200, height: 1200, sourceId: photo, settings: { sizes: ["square"] } },
      { kind: "drawing", width: 1920, height: 1080, settings: { sizes: ["landscape"], set: sizes, seed: 2 } },
    ]);
    const { data, width } = await decodeRgb(await (await readOriginal(owner.id, made[0]!.id)).read());
    const red = { count: 0, off: 0 };
    for (let i = 0; i < data.length; i += 3) {
      const away = Math.abs(data[i]! - 0xc8) + Math.abs(data[i + 1]! - 0x1e) + Math.abs(data[i + 2]! - 0x3a);
      if (away < 60) red.count++;
      if (away > 6 && away < 60) red.off++;
    }
    expect(red.count).toBeGreaterThan(width * 100);
    expect(red.off / red.count).toBeLessThan(0.1);
  }, 60_000);

  test("a photo in which nothing stands out, and another's, are told; nothing is made", async () => {
    const [owner, other] = [await someGuest(), await someGuest()];
    const plain = await sharp({ create: { width: 200, height: 200, channels: 3, background: "#888" } })
      .png()
      .toBuffer();
    const photo = await upload(owner.id, plain);
    expect(await runScenario(owner.id, "product", { photo, prompt })).toMatchObject({
      ...{ state: "failed", errorCode: "thing_not_found" },
    });
    const theirs = await upload(other.id, await box());
    expect(await runScenario(owner.id, "product", { photo: theirs, prompt })).toMatchObject({
      ...{ state: "failed", errorCode: "not_found" },
    });
    expect(await galleryOf(owner.id)).toEqual([photo]);
  });
});
