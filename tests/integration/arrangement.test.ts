import { rm } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { adoptGuest } from "@/lib/accounts/adopt-guest";
import type { Owner } from "@/lib/accounts/owner";
import { addToAlbum } from "@/lib/albums/add-to-album";
import { createAlbum } from "@/lib/albums/create-album";
import { deleteAlbum } from "@/lib/albums/delete-album";
import { listAlbums } from "@/lib/albums/list-albums";
import { moveAlbum } from "@/lib/albums/move-album";
import { moveInAlbum } from "@/lib/albums/move-in-album";
import { removeFromAlbum } from "@/lib/albums/remove-from-album";
import { renameAlbum } from "@/lib/albums/rename-album";
import { setCover } from "@/lib/albums/set-cover";
import { db, sql } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { addPicture } from "@/lib/pictures/add-picture";
import { captionPicture } from "@/lib/pictures/caption-picture";
import { emptyTrash } from "@/lib/pictures/purge-trash";
import { reconcilePictures } from "@/lib/pictures/reconcile-pictures";
import { renamePicture } from "@/lib/pictures/rename-picture";
import { restorePictures } from "@/lib/pictures/restore-pictures";
import { setFavourite, setFavourites } from "@/lib/pictures/set-favourite";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { denyText } from "@/lib/reading/deny-text";
import { sayTag } from "@/lib/search/say-tag";
import type { ManifestEntry } from "@/lib/storage/manifest";
import { storage } from "@/lib/storage/open-storage";
import type { Storage } from "@/lib/storage/storage";
import { codeOf, onBothWithFiles, pictureFile, someAccount, someGuest } from "../support/pictures";

/** A word that a model told of every picture; the others are owners' own. */
const TOLD = "cat";
const WORDS = [TOLD, "uncle fred", "海边"];

/** What an act is done to: numbers that choose among what is there. */
interface Choice {
  readonly who: number;
  readonly a: number;
  readonly b: number;
  readonly flag: boolean;
  readonly title: string;
}

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

const [one, two] = [await pictureFile("one.jpg"), await pictureFile("two.jpg")];
const files = [one, two, ...(await Promise.all([3, 4, 5].map((i) => pictureFile(`${i}.jpg`))))];

async function upload(owner: string, { a }: Choice): Promise<void> {
  const { picture } = await addPicture(owner, pick(files, a)!);
  await sql(
    `INSERT INTO "PictureTag" ("pictureId", "ownerId", "word", "score") VALUES ($1, $2, $3, 3) ON CONFLICT DO NOTHING`,
    [picture.id, owner, TOLD],
  );
}

type OnPicture = (owner: string, id: string, choice: Choice) => Promise<unknown>;
const ON_PICTURE: Record<string, OnPicture> = {
  rename: (owner, id, { title }) => renamePicture(owner, id, title),
  caption: (owner, id, { title }) => captionPicture(owner, id, `told: ${title}`),
  favourite: (owner, id, { flag }) => setFavourite(owner, id, flag),
  denyText: (owner, id, { flag }) => denyText(owner, id, flag),
  say: (owner, id, { b, flag }) => sayTag(owner, id, pick(WORDS, b)!, flag),
};

type OnPictures = (owner: string, ids: string[], choice: Choice) => Promise<unknown>;
const ON_PICTURES: Record<string, OnPictures> = {
  favourites: (owner, ids, { flag }) => setFavourites(owner, ids, flag),
  trash: (owner, ids) => trashPictures(owner, ids),
  restore: (owner, ids) => restorePictures(owner, ids),
};

type OnAlbum = (
  owner: string,
  id: string,
  choice: Choice,
  albums: string[],
  pictures: string[],
) => Promise<unknown>;
const ON_ALBUM: Record<string, OnAlbum> = {
  renameAlbum: (owner, id, { title }) => renameAlbum(owner, id, `album ${title}`),
  deleteAlbum: (owner, id, { flag }) => (flag ? deleteAlbum(owner, id) : Promise.resolve()),
  moveAlbum: (owner, id, { b }, albums) =>
    moveAlbum(owner, id, pick([null, ...albums.filter((one) => one !== id)], b)!),
  add: (owner, id, { b }, _, pictures) => addToAlbum(owner, id, some(pictures, b)),
};

type OnPlace = (
  owner: string,
  id: string,
  picture: string,
  choice: Choice,
  inIt: string[],
) => Promise<unknown>;
const ON_PLACE: Record<string, OnPlace> = {
  remove: (owner, id, picture) => removeFromAlbum(owner, id, [picture]),
  move: (owner, id, picture, { flag }, inIt) =>
    moveInAlbum(owner, id, picture, flag ? null : (inIt.find((one) => one !== picture) ?? null)),
  cover: (owner, id, picture) => setCover(owner, id, picture),
};

/** Some of a list, by the bits of a number. */
const some = <T>(list: readonly T[], bits: number): T[] => list.filter((_, i) => (bits >> i) % 2 === 1);

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

async function act(owners: Owner[], name: string, choice: Choice): Promise<void> {
  const at = choice.who % owners.length;
  const owner = owners[at]!.id;
  if (name === "upload") return upload(owner, choice);
  if (name === "create") return void (await createAlbum(owner, `album ${choice.title}`));
  if (name === "purge") return void (await emptyTrash(owner));
  if (name === "signIn") {
    const [account, ...guests] = owners;
    if (!guests[0]) return;
    await adoptGuest(guests[0], account!);
    owners.splice(1, 1);
    return;
  }
  const order = { id: "asc" } as const;
  const pictures = ids(await db().picture.findMany({ where: { ownerId: owner }, orderBy: order }));
  const albums = ids(await listAlbums(owner));
  const [picture, album] = [pick(pictures, choice.a), pick(albums, choice.a)];
  if (picture) await ON_PICTURE[name]?.(owner, picture, choice);
  await ON_PICTURES[name]?.(owner, some(pictures, choice.a), choice);
  if (!album) return;
  await ON_ALBUM[name]?.(owner, album, choice, albums, pictures);
  const places = await db().albumPicture.findMany({
    where: { albumId: album },
    orderBy: { pictureId: "asc" },
  });
  const inIt = places.map(({ pictureId }) => pictureId);
  const placed = pick(inIt, choice.b);
  if (placed) await ON_PLACE[name]?.(owner, album, placed, choice, inIt);
}

/** Everything that people made, by hand or by bringing it. */
async function all() {
  const picked = {
    id: true,
    ownerId: true,
    blob: true,
    title: true,
    caption: true,
    favourite: true,
    textDenied: true,
    trashedAt: true,
    createdAt: true,
  };
  return {
    pictures: await db().picture.findMany({ select: picked, orderBy: { id: "asc" } }),
    albums: await db().album.findMany({ orderBy: { id: "asc" } }),
    places: await db().albumPicture.findMany({ orderBy: [{ albumId: "asc" }, { pictureId: "asc" }] }),
    said: await db().pictureTag.findMany({
      where: { kept: { not: null } },
      orderBy: [{ pictureId: "asc" }, { word: "asc" }],
      omit: { score: true },
    }),
  };
}

const acts = [
  ...["upload", "upload", "upload", "create", "purge", "signIn"],
  ...[ON_PICTURE, ON_PICTURES, ON_ALBUM, ON_PLACE].flatMap((kind) => Object.keys(kind)),
  ...["add", "add", "move", "cover"],
];
const choice: fc.Arbitrary<Choice> = fc.record({
  ...{ who: fc.nat(9), a: fc.nat(31), b: fc.nat(31), flag: fc.boolean() },
  title: fc.string({ unit: "grapheme", maxLength: 8 }),
});
const sequence = fc.array(fc.tuple(fc.constantFrom(...acts), choice), { minLength: 1, maxLength: 60 });
/** Tables that may be lost, with all that hangs on them. */
const LOSSES = ["User", "Picture", "Album", "AlbumPicture", "PictureTag"];

const reconcile = () => reconcilePictures(storage(), { leftoversOlderThanMs: 0 });
const forget = (table: string) => sql(`TRUNCATE "${table}" CASCADE`);

/** Where storage was opened, once for both databases. */
let root: string | undefined;

async function beginAnew(): Promise<Owner[]> {
  await forget("User");
  root ??= env().DATA_DIR;
  await rm(path.join(root, "originals"), { recursive: true, force: true });
  const owners = [await someAccount(), await someGuest(), await someGuest()];
  // So that there is something to arrange from the first act on.
  for (const { id } of owners) {
    const added = await Promise.all(files.slice(0, 3).map((file) => addPicture(id, file)));
    const album = await createAlbum(id, "first");
    await addToAlbum(id, album.id, ids(added.map(({ picture }) => picture)));
  }
  return owners;
}

onBothWithFiles("what people made by hand", () => {
  test("is the same after the database was lost, whatever they did", async () => {
    await fc.assert(
      fc.asyncProperty(sequence, fc.constantFrom(...LOSSES), async (done, lost) => {
        const owners = await beginAnew();
        for (const [name, chosen] of done) await act(owners, name, chosen);
        const before = await all();
        // The record says what the database has, no more and no less.
        expect(await reconcile()).toMatchObject({ restored: 0, rebuilt: 0, noted: 0 });
        await forget(lost);
        await reconcile();
        expect(await all()).toEqual(before);
        expect(await reconcile()).toMatchObject({ restored: 0, rebuilt: 0, noted: 0 });
      }),
      { numRuns: 20 },
    );
  }, 180_000);

  /** An account with three pictures in an album of another order, a title, a favourite and tags. */
  async function arranged() {
    const [owner] = (await beginAnew()) as [Owner, ...Owner[]];
    const [album] = await listAlbums(owner.id);
    const pictures = ids(
      await db().picture.findMany({ where: { ownerId: owner.id }, orderBy: { id: "asc" } }),
    );
    await moveInAlbum(owner.id, album!.id, pictures[2]!, null);
    await setCover(owner.id, album!.id, pictures[1]!);
    await renamePicture(owner.id, pictures[0]!, "grandmother");
    await setFavourite(owner.id, pictures[1]!, true);
    await sayTag(owner.id, pictures[0]!, "uncle fred", true);
    return { owner: owner.id, album: album!.id, pictures };
  }

  test("from before it was recorded is written down at the next look", async () => {
    await arranged();
    const added: ManifestEntry[] = [];
    for await (const entry of storage().readManifest()) if (entry.event === "added") added.push(entry);
    await rm(path.join(root!, "originals/manifest.jsonl"));
    for (const entry of added) await storage().appendManifest(entry);
    // A title and a favourite, an album each of three people's, a tag.
    expect(await reconcile()).toMatchObject({ restored: 0, rebuilt: 0, noted: 2 + 3 + 1 });
    const before = await all();
    await forget("User");
    expect(await reconcile()).toMatchObject({ restored: 9, rebuilt: 3 * 4 + 1, noted: 0 });
    expect(await all()).toEqual(before);
  });

  test("does not come back when its owner removes it while the database is looked at", async () => {
    const { owner, album } = await arranged();
    let isFirst = true;
    const store: Storage = {
      ...storage(),
      readManifest: async function* () {
        yield* storage().readManifest();
        if (isFirst) await deleteAlbum(owner, album);
        isFirst = false;
      },
    };
    expect(await reconcilePictures(store, { leftoversOlderThanMs: 0 })).toMatchObject({ rebuilt: 0 });
    expect(await listAlbums(owner)).toEqual([]);
  });

  test("is not done where it cannot be written down", async () => {
    const { owner, album, pictures } = await arranged();
    const before = await all();
    const [first, second] = pictures as [string, string];
    for (const attempt of [
      () => renamePicture(owner, first, "other"),
      () => setFavourites(owner, [first, second], true),
      () => trashPictures(owner, [first]),
      () => sayTag(owner, first, "aunt", true),
      () => createAlbum(owner, "another"),
      () => renameAlbum(owner, album, "another"),
      () => deleteAlbum(owner, album),
      () => removeFromAlbum(owner, album, [first]),
      () => moveInAlbum(owner, album, first, second),
      () => setCover(owner, album, first),
    ]) {
      vi.spyOn(storage(), "appendManifest").mockRejectedValueOnce(new AppError("disk_full"));
      expect(await codeOf(attempt())).toBe("disk_full");
    }
    vi.restoreAllMocks();
    expect(await all()).toEqual(before);
  });
});
