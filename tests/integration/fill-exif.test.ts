import { expect, test } from "vitest";
import { db, Prisma } from "@/lib/db/client";
import { addPicture } from "@/lib/pictures/add-picture";
import { fillExif } from "@/lib/pictures/fill-exif";
import { showPicture } from "@/lib/pictures/show-picture";
import { photo } from "../support/exif";
import { onBothWithFiles, pictureFile, someGuest } from "../support/pictures";

onBothWithFiles("what cameras noted in pictures from before it was read", () => {
  test("is read once, as in new ones, also where it is nothing", async () => {
    const owner = await someGuest();
    const noted = await addPicture(owner.id, { bytes: await photo(), name: "london.jpg" });
    const silent = await addPicture(owner.id, await pictureFile());
    const shown = () => Promise.all([noted, silent].map(({ picture }) => showPicture(owner.id, picture.id)));
    const before = await shown();
    expect(before).toMatchObject([
      { takenAt: "2024-07-14T08:30:05.000Z", exif: { model: "NIKON Z 6" } },
      { takenAt: null, exif: null },
    ]);
    expect(await fillExif()).toBe(0);
    await db().picture.updateMany({ data: { takenAt: null, exif: Prisma.DbNull } });
    expect(await fillExif()).toBe(2);
    expect(await shown()).toEqual(before);
    expect(await fillExif()).toBe(0);
  });

  test("is not looked for without end where the original is damaged", async () => {
    const owner = await someGuest();
    const { picture } = await addPicture(owner.id, await pictureFile());
    const blob = "0".repeat(64);
    await db().picture.update({ where: { id: picture.id }, data: { exif: Prisma.DbNull, blob } });
    expect(await fillExif()).toBe(1);
    expect(await fillExif()).toBe(0);
  });
});
