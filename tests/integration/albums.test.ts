import { beforeEach, describe, expect, test } from "vitest";
import { adoptGuest } from "@/lib/accounts/adopt-guest";
import type { Owner } from "@/lib/accounts/owner";
import { addToAlbum } from "@/lib/albums/add-to-album";
import { createAlbum } from "@/lib/albums/create-album";
import { deleteAlbum } from "@/lib/albums/delete-album";
import { listAlbumPictures } from "@/lib/albums/list-album-pictures";
import { listAlbums } from "@/lib/albums/list-albums";
import { moveAlbum } from "@/lib/albums/move-album";
import { moveInAlbum } from "@/lib/albums/move-in-album";
import { removeFromAlbum } from "@/lib/albums/remove-from-album";
import { renameAlbum } from "@/lib/albums/rename-album";
import { setCover } from "@/lib/albums/set-cover";
import { showAlbum } from "@/lib/albums/show-album";
import { db } from "@/lib/db/client";
import { addPicture } from "@/lib/pictures/add-picture";
import { listPictures } from "@/lib/pictures/list-pictures";
import { emptyTrash } from "@/lib/pictures/purge-trash";
import { restorePictures } from "@/lib/pictures/restore-pictures";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { codeOf, onBothWithFiles, pictureFile, someAccount, someGuest } from "../support/pictures";

onBothWithFiles("albums", () => {
  let owner: Owner;
  beforeEach(async () => {
    owner = await someAccount();
  });

  async function somePictures(count: number, ownerId = owner.id): Promise<string[]> {
    const ids: string[] = [];
    for (let i = 0; i < count; i++)
      ids.push((await addPicture(ownerId, await pictureFile(`${i}.jpg`))).picture.id);
    return ids;
  }

  /** An album with so many pictures in it. */
  async function filled(count: number, ownerId = owner.id): Promise<{ id: string; pictures: string[] }> {
    const pictures = await somePictures(count, ownerId);
    const { id } = await createAlbum(ownerId, "Harbour");
    await addToAlbum(ownerId, id, pictures);
    return { id, pictures };
  }

  const order = async (id: string, ownerId = owner.id) =>
    (await listAlbumPictures(ownerId, id)).pictures.map((picture) => picture.id);
  const titles = async (ownerId = owner.id) => (await listAlbums(ownerId)).map(({ title }) => title);
  const coverOf = async (id: string) => (await showAlbum(owner.id, id)).cover?.id;

  describe("an album", () => {
    test("is made, renamed, and deleted without its pictures", async () => {
      const { id, pictures } = await filled(2);
      await renameAlbum(owner.id, id, "  Harbour \n at night ");
      expect(await showAlbum(owner.id, id)).toMatchObject({
        ...{ id, title: "Harbour at night", pictureCount: 2 },
        cover: { id: pictures[0] },
      });
      await deleteAlbum(owner.id, id);
      expect(await codeOf(showAlbum(owner.id, id))).toBe("not_found");
      expect(await codeOf(deleteAlbum(owner.id, id))).toBe("not_found");
      expect((await listPictures(owner.id)).pictures).toHaveLength(2);
      expect(await db().albumPicture.count({ where: { albumId: id } })).toBe(0);
    });

    test("has a title", async () => {
      expect(await codeOf(createAlbum(owner.id, " \n "))).toBe("input_invalid");
      const { id } = await createAlbum(owner.id, "x".repeat(500));
      expect((await showAlbum(owner.id, id)).title).toHaveLength(120);
      expect(await codeOf(renameAlbum(owner.id, id, "\u202e"))).toBe("input_invalid");
    });

    test("has its place among the others, and keeps it", async () => {
      const [a, b, c] = await Promise.all(["a", "b", "c"].map((title) => createAlbum(owner.id, title)));
      const ids = new Map([a, b, c].map((album) => [album!.title, album!.id]));
      for (const [i, title] of ["a", "b", "c"].entries())
        await moveAlbum(owner.id, ids.get(title)!, i === 0 ? null : ids.get("abc"[i - 1]!)!);
      expect(await titles()).toEqual(["a", "b", "c"]);
      await moveAlbum(owner.id, ids.get("c")!, null);
      await moveAlbum(owner.id, ids.get("a")!, ids.get("b")!);
      expect(await titles()).toEqual(["c", "b", "a"]);
      await createAlbum(owner.id, "d");
      expect(await titles()).toEqual(["c", "b", "a", "d"]);
    });
  });

  describe("its pictures", () => {
    test("are in it once, in the order they were added, however often", async () => {
      const { id, pictures } = await filled(3);
      const [late] = await somePictures(1);
      expect(await addToAlbum(owner.id, id, [late!, pictures[1]!, late!])).toBe(1);
      expect(await order(id)).toEqual([...pictures, late]);
      expect(await addToAlbum(owner.id, id, [late!.toUpperCase()])).toBe(0);
    });

    test("added from two places at once are all there", async () => {
      const { id } = await createAlbum(owner.id, "Both");
      const pictures = await somePictures(6);
      await Promise.all([
        addToAlbum(owner.id, id, pictures.slice(0, 4)),
        addToAlbum(owner.id, id, pictures.slice(2)),
      ]);
      expect((await order(id)).sort()).toEqual([...pictures].sort());
      const ranks = await db().albumPicture.findMany({ where: { albumId: id } });
      expect(new Set(ranks.map(({ rank }) => rank)).size).toBe(6);
    });

    test("move behind one another, and to the front", async () => {
      const { id, pictures } = await filled(4);
      const [a, b, c, d] = pictures as [string, string, string, string];
      await moveInAlbum(owner.id, id, d, a);
      expect(await order(id)).toEqual([a, d, b, c]);
      await moveInAlbum(owner.id, id, c, null);
      expect(await order(id)).toEqual([c, a, d, b]);
      await moveInAlbum(owner.id, id, c, b);
      await moveInAlbum(owner.id, id, c, c);
      expect(await order(id)).toEqual([a, d, b, c]);
    });

    test("stay in order after more moves into one gap than ranks are long", async () => {
      const { id, pictures } = await filled(4);
      const [a, b, c, d] = pictures as [string, string, string, string];
      for (let i = 0; i < 401; i++) await moveInAlbum(owner.id, id, i % 2 ? b : c, a);
      expect(await order(id)).toEqual([a, c, b, d]);
      const rows = await db().albumPicture.findMany({ where: { albumId: id } });
      expect(Math.max(...rows.map(({ rank }) => rank.length))).toBeLessThanOrEqual(64);
    });

    test("come in pages, none twice and none left out", async () => {
      const { id, pictures } = await filled(7);
      await moveInAlbum(owner.id, id, pictures[6]!, pictures[1]!);
      const seen: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await listAlbumPictures(owner.id, id, { count: 3, ...(cursor ? { cursor } : {}) });
        seen.push(...page.pictures.map((picture) => picture.id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual(await order(id));
      expect(seen).toHaveLength(7);
      expect(await codeOf(listAlbumPictures(owner.id, id, { cursor: "W10" }))).toBe("input_invalid");
    });

    test("leave it and stay in the gallery", async () => {
      const { id, pictures } = await filled(3);
      expect(await removeFromAlbum(owner.id, id, [pictures[0]!, crypto.randomUUID(), "x"])).toBe(1);
      expect(await order(id)).toEqual(pictures.slice(1));
      expect((await listPictures(owner.id)).pictures).toHaveLength(3);
      expect(await codeOf(moveInAlbum(owner.id, id, pictures[0]!, null))).toBe("not_found");
      expect(await codeOf(moveInAlbum(owner.id, id, pictures[1]!, pictures[0]!))).toBe("not_found");
      expect(await codeOf(setCover(owner.id, id, pictures[0]!))).toBe("not_found");
    });

    test("are hidden while in the trash, come back to their place, and are gone with it", async () => {
      const { id, pictures } = await filled(3);
      const [a, b, c] = pictures as [string, string, string];
      await trashPictures(owner.id, [b]);
      expect(await order(id)).toEqual([a, c]);
      expect((await showAlbum(owner.id, id)).pictureCount).toBe(2);
      await moveInAlbum(owner.id, id, c, null);
      await restorePictures(owner.id, [b]);
      expect(await order(id)).toEqual([c, a, b]);
      await trashPictures(owner.id, [a]);
      await emptyTrash(owner.id);
      expect(await order(id)).toEqual([c, b]);
      expect(await db().albumPicture.count({ where: { albumId: id } })).toBe(2);
    });
  });

  test("the cover is the picture chosen, else the first, and one alone", async () => {
    const { id, pictures } = await filled(3);
    const [a, b, c] = pictures as [string, string, string];
    expect(await coverOf(id)).toBe(a);
    await setCover(owner.id, id, b);
    await setCover(owner.id, id, c);
    expect(await coverOf(id)).toBe(c);
    expect((await listAlbums(owner.id))[0]?.cover?.id).toBe(c);
    await trashPictures(owner.id, [c]);
    expect(await coverOf(id)).toBe(a);
    await restorePictures(owner.id, [c]);
    expect(await coverOf(id)).toBe(c);
    await removeFromAlbum(owner.id, id, [c]);
    expect(await coverOf(id)).toBe(a);
    await removeFromAlbum(owner.id, id, pictures);
    expect(await coverOf(id)).toBeUndefined();
  });

  test("the database itself refuses another's picture in an album", async () => {
    const { id } = await filled(1);
    const other = await someAccount();
    const [theirs] = await somePictures(1, other.id);
    for (const ownerId of [owner.id, other.id]) {
      const data = { albumId: id, pictureId: theirs!, ownerId, rank: "a9" };
      await expect(db().albumPicture.create({ data })).rejects.toMatchObject({ code: "P2003" });
    }
  });

  test("a guest's albums go with their pictures to the account they sign in to, behind its own", async () => {
    const guest = await someGuest();
    await createAlbum(owner.id, "mine");
    const { id, pictures } = await filled(3, guest.id);
    await createAlbum(guest.id, "empty");
    await setCover(guest.id, id, pictures[2]!);
    await moveInAlbum(guest.id, id, pictures[2]!, null);
    await adoptGuest(guest, owner);
    expect(await titles()).toEqual(["mine", "Harbour", "empty"]);
    expect(await order(id)).toEqual([pictures[2], pictures[0], pictures[1]]);
    expect(await coverOf(id)).toBe(pictures[2]);
    expect(await db().user.findUnique({ where: { id: guest.id } })).toBeNull();
    await createAlbum(owner.id, "new");
    expect(await titles()).toEqual(["mine", "Harbour", "empty", "new"]);
  });
});
