import sharp from "sharp";
import { expect, test } from "vitest";
import { fromParameters } from "@/lib/drawing/picture-parameters";
import { readPictureParameters } from "@/lib/engine/parameters/picture-parameters";
import { addPicture } from "@/lib/pictures/add-picture";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { readOriginal } from "@/lib/pictures/read-picture-file";
import { ownModels } from "../support/own-models";
import { onBothWithFiles, someGuest } from "../support/pictures";
import { galleryOf, madeBy, runScenario } from "../support/scenarios";

ownModels();

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#3a7bd5" } })
    .png()
    .toBuffer();
const fileOf = async (ownerId: string, id: string) => (await readOriginal(ownerId, id)).read();

onBothWithFiles("larger pictures", () => {
  test("a drawing becomes four times as large, and still says how it was drawn", async () => {
    const owner = await someGuest();
    const input = { prompt: "mountains", count: 1, seed: 5 };
    const [parent] = await madeBy(await runScenario(owner.id, "text-to-image", input));
    const [made] = await madeBy(await runScenario(owner.id, "upscale", { picture: parent!.id, times: 2 }));
    expect(made).toMatchObject({
      ...{ kind: "drawing", width: 1024, height: 1024, title: "mountains", sourceId: parent!.id },
      settings: { ...input, scenario: "text-to-image", enlarged: { picture: parent!.id, times: 2 } },
    });
    const text = await readPictureParameters(await fileOf(owner.id, made!.id));
    expect(text && fromParameters(text).settings).toMatchObject({ prompt: "mountains", seed: 5 });
    expect(await galleryOf(owner.id)).toHaveLength(2);
  });

  test("it is the same picture: brought back to its size, little has changed", async () => {
    const owner = await someGuest();
    const bytes = await sharp("public/samples/wave.webp").resize(96, 64).png().toBuffer();
    const { picture } = await addPicture(owner.id, { bytes, name: "wave.png" });
    const [made] = await madeBy(await runScenario(owner.id, "upscale", { picture: picture.id, times: 4 }));
    expect(made).toMatchObject({ width: 384, height: 256, settings: { scenario: "upscale" } });
    const before = (await decodeRgb(bytes)).data;
    const after = (await decodeRgb(await fileOf(owner.id, made!.id), { resize: (to) => to.resize(96, 64) }))
      .data;
    const difference = before.reduce((sum, value, i) => sum + Math.abs(value - after[i]!), 0) / before.length;
    expect(difference).toBeLessThan(6);
  });

  test("what is large already, another's, and a model that is not there, are told", async () => {
    const [owner, other] = [await someGuest(), await someGuest()];
    const large = await addPicture(owner.id, { bytes: await plain(1600, 64), name: "large.png" });
    const small = await addPicture(owner.id, { bytes: await plain(64, 64), name: "small.png" });
    const asked = async (ownerId: string, picture: string, more: object = {}) =>
      runScenario(ownerId, "upscale", { picture, ...more });
    expect(await asked(owner.id, large.picture.id)).toMatchObject({
      ...{ state: "failed", errorCode: "picture_large_already", errorDetails: { limit: 1536 } },
    });
    expect(await asked(other.id, small.picture.id)).toMatchObject({ errorCode: "not_found" });
    expect(await asked(owner.id, small.picture.id, { upscaler: "../../etc/passwd" })).toMatchObject({
      errorCode: "weights_missing",
    });
    expect(await galleryOf(other.id)).toEqual([]);
  });
});
