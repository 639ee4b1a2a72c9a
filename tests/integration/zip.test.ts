import { unzipSync } from "fflate";
import { beforeEach, expect, test, vi } from "vitest";
import * as albumZip from "@/app/api/albums/[id]/zip/route";
import * as zip from "@/app/api/pictures/zip/route";
import { forgetRates } from "@/lib/accounts/limit-rate";
import type { Owner } from "@/lib/accounts/owner";
import { addToAlbum } from "@/lib/albums/add-to-album";
import { createAlbum } from "@/lib/albums/create-album";
import { moveInAlbum } from "@/lib/albums/move-in-album";
import { db } from "@/lib/db/client";
import { addPicture } from "@/lib/pictures/add-picture";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { zipPictures } from "@/lib/pictures/zip-pictures";
import { storage } from "@/lib/storage/open-storage";
import { call } from "../support/api";
import { codeOf, onBothWithFiles, pictureFile, someAccount } from "../support/pictures";

onBothWithFiles("zip files", () => {
  let owner: Owner;
  beforeEach(async () => {
    forgetRates();
    owner = await someAccount();
  });

  async function added(name: string, format?: "jpeg" | "png") {
    const { bytes } = await pictureFile(name, format ? { format } : {});
    return { bytes, id: (await addPicture(owner.id, { bytes, name })).picture.id };
  }

  /** What an answer holds, by name, in order. */
  async function unpacked(answer: Response): Promise<[string, Buffer][]> {
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.headers.get("content-length")).toBe(String(bytes.length));
    return Object.entries(unzipSync(bytes)).map(([name, held]) => [name, Buffer.from(held)]);
  }

  const ask = (ids: readonly string[]) =>
    call(zip.POST, owner, "/x", { method: "POST", body: new URLSearchParams({ ids: ids.join(",") }) });

  test("hold the originals byte for byte, under their titles, told apart", async () => {
    const pictures = [await added("海滩.jpg"), await added("a/b?.png", "png"), await added("海滩.jpeg")];
    const answer = await ask(pictures.map(({ id }) => id));
    expect(answer.headers.get("content-type")).toBe("application/zip");
    expect(answer.headers.get("content-disposition")).toContain("attachment");
    expect(await unpacked(answer)).toEqual([
      ["海滩.jpg", pictures[0]!.bytes],
      ["b.png", pictures[1]!.bytes],
      ["海滩 (2).jpg", pictures[2]!.bytes],
    ]);
  });

  test("of an album are in its order, without what lies in the trash, and bear its name", async () => {
    const [a, b, c] = [await added("a.jpg"), await added("b.jpg"), await added("c.jpg")];
    const { id } = await createAlbum(owner.id, "Am Meer 🌊");
    const get = () => call(albumZip.GET, owner, "/x", { params: { id } });
    expect((await get()).status).toBe(404);
    await addToAlbum(owner.id, id, [a.id, b.id, c.id]);
    await moveInAlbum(owner.id, id, c.id, null);
    await trashPictures(owner.id, [a.id]);
    const answer = await get();
    expect(answer.headers.get("content-disposition")).toContain("Am%20Meer%20%F0%9F%8C%8A.zip");
    expect((await unpacked(answer)).map(([name]) => name)).toEqual(["c.jpg", "b.jpg"]);
  });

  test("none is made of nothing, of too much, or of what lies in the trash", async () => {
    const { id } = await added("a.jpg");
    await trashPictures(owner.id, [id]);
    expect((await ask([id])).status).toBe(404);
    expect((await ask([])).status).toBe(404);
    expect((await ask(Array.from({ length: 1001 }, () => id))).status).toBe(422);
    expect((await ask(Array.from({ length: 2000 }, () => id))).status).toBe(413);
  });

  test("one that is given up closes its file", async () => {
    const { id } = await added("a.jpg", "png");
    const opened = vi.spyOn(storage(), "open");
    const reader = (await zipPictures(owner.id, [id])).stream.getReader();
    // The entry's head comes first, the file's own bytes next.
    while (opened.mock.results.length === 0) await reader.read();
    await reader.read();
    await reader.cancel();
    const file = await opened.mock.results[0]!.value;
    expect(file.destroyed).toBe(true);
    opened.mockRestore();
  });

  test("one that lacks a file breaks off rather than look whole", async () => {
    const [a, b] = [await added("a.jpg"), await added("b.jpg")];
    const { blob } = await db().picture.findUniqueOrThrow({ where: { id: b.id } });
    await storage().remove(blob);
    const { stream } = await zipPictures(owner.id, [a.id, b.id]);
    expect(await codeOf(new Response(stream).arrayBuffer())).toBe("file_missing");
  });
});
