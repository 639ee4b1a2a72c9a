import { createHash, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { reconcilePictures } from "@/lib/pictures/reconcile-pictures";
import { diskStorage } from "@/lib/storage/disk-storage";
import { onBothDatabases } from "../support/databases";
import { pictureFile } from "../support/pictures";

onBothDatabases("reconcile", (database) => {
  const store = () => diskStorage(database.dataDir);
  const add = async (ownerId: string, text: string) => {
    const bytes = Buffer.from(text);
    const { hash, sizeBytes } = await store().put(bytes);
    const picture = {
      id: randomUUID(),
      ownerId,
      kind: "code" as const,
      blob: hash,
      mime: "image/png",
      sizeBytes,
      width: 8,
      height: 8,
      title: text,
      settings: { look: "photo" },
    };
    await store().appendManifest({ event: "added", at: new Date().toISOString(), picture });
    return picture;
  };
  const reconcile = (rehash = false) => reconcilePictures(store(), { leftoversOlderThanMs: 0, rehash });

  test("rebuilds a lost row, its owner's too, and not the one that was purged", async () => {
    const ownerId = randomUUID();
    const lost = await add(ownerId, "lost");
    const purged = await add(ownerId, "purged");
    await store().appendManifest({ event: "purged", at: new Date().toISOString(), pictureId: purged.id });
    expect(await reconcile()).toMatchObject({ restored: 1, missing: 0 });
    expect(await db().picture.findMany({ where: { ownerId } })).toMatchObject([
      { id: lost.id, title: "lost", blob: lost.blob, settings: { look: "photo" }, trashedAt: null },
    ]);
    expect(await reconcile()).toMatchObject({ restored: 0, missing: 0 });
  });

  test("does not bring an upload back beside the same one, brought again after a crash before the first had its row", async () => {
    const ownerId = await database.person();
    const { bytes, name } = await pictureFile();
    const { hash, sizeBytes } = await store().put(bytes);
    const first = { id: randomUUID(), ownerId, kind: "upload" as const, blob: hash, sizeBytes, title: name };
    const picture = { ...first, mime: "image/jpeg", width: 64, height: 48 };
    await store().appendManifest({ event: "added", at: new Date().toISOString(), picture });
    const { id } = await db().picture.create({ data: { ...picture, id: randomUUID() } });
    expect(await reconcile()).toMatchObject({ restored: 0, missing: 0 });
    expect(await db().picture.findMany({ where: { ownerId } })).toMatchObject([{ id }]);
  });

  test("marks a row whose original is gone, and clears the mark when it is back", async () => {
    const ownerId = await database.person();
    const picture = await add(ownerId, `kept ${database.kind}`);
    await reconcile();
    await store().remove(picture.blob);
    expect(await reconcile()).toMatchObject({ missing: 1 });
    const row = () => db().picture.findUniqueOrThrow({ where: { id: picture.id } });
    expect((await row()).blobMissingAt).not.toBeNull();
    await store().put(Buffer.from(picture.title));
    expect(await reconcile()).toMatchObject({ missing: 0 });
    expect((await row()).blobMissingAt).toBeNull();
  });

  test("a full check finds an original whose bytes changed", async () => {
    const ownerId = await database.person();
    const picture = await add(ownerId, `damaged ${database.kind}`);
    await reconcile();
    const { writeFile } = await import("node:fs/promises");
    const { blob } = picture;
    await writeFile(`${database.dataDir}/originals/${blob.slice(0, 2)}/${blob.slice(2, 4)}/${blob}`, "other");
    expect(createHash("sha256").update("other").digest("hex")).not.toBe(blob);
    expect(await reconcile()).toMatchObject({ missing: 0 });
    expect(await reconcile(true)).toMatchObject({ missing: 1 });
  });

  test("tells of an original that no picture is made of, and leaves it where it is", async () => {
    const before = (await reconcile()).orphans;
    const { hash } = await store().put(Buffer.from(`nobody's, ${database.kind}`));
    await add(await database.person(), `somebody's, ${database.kind}`);
    expect(await reconcile()).toMatchObject({ orphans: before + 1 });
    expect(await store().has(hash)).toBe(true);
    const young = await reconcilePictures(store(), { leftoversOlderThanMs: 60_000 });
    expect(young.orphans).toBe(0);
  });
});
