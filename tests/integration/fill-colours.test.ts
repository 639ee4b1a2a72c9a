import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { addPicture } from "@/lib/pictures/add-picture";
import { fillColours } from "@/lib/pictures/fill-colours";
import { onBothWithFiles, pictureFile, someGuest } from "../support/pictures";

onBothWithFiles("colours of pictures from before they were noted", () => {
  test("are noted once, as new ones have them", async () => {
    const { picture } = await addPicture((await someGuest()).id, await pictureFile());
    const coloursNow = async () =>
      (await db().picture.findUniqueOrThrow({ where: { id: picture.id } })).colours;
    const noted = await coloursNow();
    expect(noted).not.toEqual([]);
    await db().picture.update({ where: { id: picture.id }, data: { colours: [] } });
    expect(await fillColours()).toBe(1);
    expect(await coloursNow()).toEqual(noted);
    expect(await fillColours()).toBe(0);
  });
});
