import sharp from "sharp";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { addPicture } from "@/lib/pictures/add-picture";
import { fillFingerprints } from "@/lib/pictures/fill-fingerprints";
import { listAlike } from "@/lib/pictures/list-alike";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { onBothWithFiles, someGuest } from "../support/pictures";
import { drawThing } from "../support/world";

onBothWithFiles("look-alikes", () => {
  /** Two drawings, of one of them a smaller and a larger copy, too. */
  async function someCopies(ownerId: string) {
    const cat = sharp(await drawThing("cat"));
    const files = {
      small: await cat.clone().resize(100).jpeg({ quality: 70 }).toBuffer(),
      cat: await cat.clone().png().toBuffer(),
      large: await cat.clone().resize(512).webp({ quality: 80 }).toBuffer(),
      rocket: await drawThing("rocket"),
    };
    const ids: Record<string, string> = {};
    for (const [name, bytes] of Object.entries(files))
      ids[name] = (await addPicture(ownerId, { bytes, name })).picture.id;
    return ids as Record<keyof typeof files, string>;
  }
  const groupsOf = async (ownerId: string) =>
    (await listAlike(ownerId)).map((group) => group.map(({ id }) => id));

  test("copies are a group, the largest first; what lies in the trash is none of it, nor what others have", async () => {
    const [owner, other] = [await someGuest(), await someGuest()];
    const ids = await someCopies(owner.id);
    await addPicture(other.id, { bytes: await drawThing("cat"), name: "cat" });
    expect(await groupsOf(owner.id)).toEqual([[ids.large, ids.cat, ids.small]]);
    expect(await groupsOf(other.id)).toEqual([]);
    await trashPictures(owner.id, [ids.large]);
    expect(await groupsOf(owner.id)).toEqual([[ids.cat, ids.small]]);
    await trashPictures(owner.id, [ids.small]);
    expect(await groupsOf(owner.id)).toEqual([]);
  });

  test("pictures from before fingerprints get theirs later, and those that are damaged never", async () => {
    const owner = await someGuest();
    const ids = await someCopies(owner.id);
    const known = await db().picture.findMany({ where: { ownerId: owner.id }, orderBy: { id: "asc" } });
    await db().picture.updateMany({ where: { ownerId: owner.id }, data: { fingerprint: null } });
    await db().picture.update({ where: { id: ids.rocket }, data: { blob: "0".repeat(64) } });
    expect(await groupsOf(owner.id)).toEqual([]);
    expect(await fillFingerprints()).toBe(4);
    expect(await groupsOf(owner.id)).toEqual([[ids.large, ids.cat, ids.small]]);
    const filled = await db().picture.findMany({ where: { ownerId: owner.id }, orderBy: { id: "asc" } });
    expect(filled.find(({ id }) => id === ids.rocket)?.fingerprint).toBe("0".repeat(16));
    expect(filled.find(({ id }) => id === ids.cat)?.fingerprint).toBe(
      known.find(({ id }) => id === ids.cat)?.fingerprint,
    );
    expect(await fillFingerprints()).toBe(0);
  });
});
