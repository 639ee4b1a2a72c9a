import { PATIENCE, type RecordAct } from "./acts";
import { db, type Picture, type Prisma, type Transaction } from "./client";
import { moveBehind, type RankedList, ranksBehind } from "./ranked-list";
import { UUID } from "./uuid";

/** A place in an album: the last picture of the page before. */
export interface AlbumPlace {
  rank: string;
  pictureId: string;
}

/** An album's pictures outside the trash, in its order: after a place and at most `count`, or all of them. */
export async function listAlbumPictureRows(
  ownerId: string,
  albumId: string,
  after: AlbumPlace | null,
  count?: number,
): Promise<(AlbumPlace & { isLocked: boolean; picture: Picture })[]> {
  if (!UUID.test(albumId)) return [];
  const later: Prisma.AlbumPictureWhereInput = after
    ? { OR: [{ rank: { gt: after.rank } }, { rank: after.rank, pictureId: { gt: after.pictureId } }] }
    : {};
  return db().albumPicture.findMany({
    where: { albumId, ownerId, picture: { trashedAt: null }, ...later },
    orderBy: [{ rank: "asc" }, { pictureId: "asc" }],
    ...(count === undefined ? {} : { take: count }),
    include: { picture: true },
  });
}

/** One of an album's pictures outside the trash. */
export async function findAlbumPicture(
  ownerId: string,
  albumId: string,
  pictureId: string,
): Promise<Picture | null> {
  if (!UUID.test(albumId) || !UUID.test(pictureId)) return null;
  return db().picture.findFirst({
    where: { id: pictureId, ownerId, trashedAt: null, albums: { some: { albumId } } },
  });
}

/**
 * Puts pictures at the end of an album, in the order given; those that are in it already stay where they are.
 * @returns how many were new; null when the album or any of the pictures isn't the owner's: then none is added.
 */
export async function insertAlbumPictures(
  ownerId: string,
  albumId: string,
  pictureIds: readonly string[],
  record: RecordAct,
): Promise<number | null> {
  const wanted = [...new Set(pictureIds.map((id) => id.toLowerCase()))];
  if (!wanted.every((id) => UUID.test(id))) return null;
  return inAlbum(ownerId, albumId, null, async (tx) => {
    const owned = await tx.picture.count({ where: { ownerId, id: { in: wanted } } });
    if (owned !== wanted.length) return null;
    const known = await tx.albumPicture.findMany({ where: { albumId, pictureId: { in: wanted } } });
    const there = new Set(known.map(({ pictureId }) => pictureId));
    const added = wanted.filter((id) => !there.has(id));
    const last = await tx.albumPicture.findFirst({ where: { albumId }, orderBy: { rank: "desc" } });
    const ranks = ranksBehind(last?.rank ?? null, added.length);
    const places = added.map((pictureId, i) => ({ pictureId, rank: ranks[i]! }));
    await tx.albumPicture.createMany({ data: places.map((place) => ({ ...place, albumId, ownerId })) });
    if (added.length > 0)
      await record({
        event: "placed",
        albumId,
        ranks: places.map(({ pictureId, rank }) => [pictureId, rank]),
      });
    return added.length;
  });
}

/** Takes pictures out of an album. @returns how many were in it; null when it isn't the owner's. */
export function deleteAlbumPictures(
  ownerId: string,
  albumId: string,
  pictureIds: readonly string[],
  record: RecordAct,
): Promise<number | null> {
  return inAlbum(ownerId, albumId, null, async (tx) => {
    const ids = pictureIds.filter((id) => UUID.test(id)).map((id) => id.toLowerCase());
    const { count } = await tx.albumPicture.deleteMany({ where: { albumId, pictureId: { in: ids } } });
    if (count > 0) await record({ event: "taken-out", albumId, pictureIds: ids });
    return count;
  });
}

/** Moves a picture behind another one of the album. @returns false when one of them isn't in it. */
export async function moveAlbumPicture(
  ownerId: string,
  albumId: string,
  pictureId: string,
  after: string | null,
  record: RecordAct,
): Promise<boolean> {
  if (!UUID.test(pictureId) || (after !== null && !UUID.test(after))) return false;
  return inAlbum(ownerId, albumId, false, (tx) =>
    moveBehind(picturesOf(tx, albumId, record), pictureId, after),
  );
}

/**
 * Puts a picture into the place of another one, which goes to the trash and leaves a cover's place to it. Done twice, it is
 * done once; where the other one has left the album, both stay where they are.
 * @returns false when the album or the picture isn't the owner's.
 */
export function replaceAlbumPicture(
  ownerId: string,
  albumId: string,
  oldId: string,
  newId: string,
  record: RecordAct,
): Promise<boolean> {
  if (!UUID.test(oldId) || !UUID.test(newId)) return Promise.resolve(false);
  return inAlbum(ownerId, albumId, false, async (tx) => {
    if ((await tx.picture.count({ where: { id: newId, ownerId } })) === 0) return false;
    const old = await tx.albumPicture.findFirst({ where: { albumId, pictureId: oldId } });
    if (!old) return true;
    const list = picturesOf(tx, albumId, record);
    if ((await list.rankOf(newId)) === null) {
      const last = await tx.albumPicture.findFirst({ where: { albumId }, orderBy: { rank: "desc" } });
      const [rank] = ranksBehind(last?.rank ?? null, 1);
      await tx.albumPicture.updateMany({ where: { albumId, pictureId: oldId }, data: { isCover: false } });
      const { isCover } = old;
      await tx.albumPicture.create({ data: { albumId, ownerId, pictureId: newId, rank: rank!, isCover } });
      await moveBehind(list, newId, oldId);
      await record({ event: "placed", albumId, ranks: [[newId, (await list.rankOf(newId))!]] });
      if (isCover) await record({ event: "cover", albumId, pictureId: newId });
    }
    const shown = { id: oldId, ownerId, trashedAt: null };
    const trashedAt = new Date();
    const gone = await tx.picture.updateMany({ where: shown, data: { trashedAt } });
    if (gone.count > 0)
      await record({ event: "changed", pictureIds: [oldId], trashedAt: trashedAt.toISOString() });
    return true;
  });
}

/** Keeps a picture as it is when others of the album are drawn anew, or lets it go. @returns false when it isn't in it. */
export function updateLock(
  ownerId: string,
  albumId: string,
  pictureId: string,
  isLocked: boolean,
): Promise<boolean> {
  if (!UUID.test(pictureId)) return Promise.resolve(false);
  return inAlbum(ownerId, albumId, false, async (tx) => {
    const { count } = await tx.albumPicture.updateMany({ where: { albumId, pictureId }, data: { isLocked } });
    return count === 1;
  });
}

/** Those of these pictures that are in an album and outside the trash, each with whether it is locked. */
export async function findAlbumPages(
  ownerId: string,
  albumId: string,
  pictureIds: readonly string[],
): Promise<Map<string, boolean>> {
  const rows = await db().albumPicture.findMany({
    where: { albumId, ownerId, pictureId: { in: [...pictureIds] }, picture: { trashedAt: null } },
    select: { pictureId: true, isLocked: true },
  });
  return new Map(rows.map(({ pictureId, isLocked }) => [pictureId, isLocked]));
}

/** Makes one of an album's pictures its cover. @returns false when it isn't in the album. */
export async function updateCover(
  ownerId: string,
  albumId: string,
  pictureId: string,
  record: RecordAct,
): Promise<boolean> {
  if (!UUID.test(pictureId)) return false;
  return inAlbum(ownerId, albumId, false, async (tx) => {
    if ((await tx.albumPicture.count({ where: { albumId, pictureId } })) === 0) return false;
    await tx.albumPicture.updateMany({ where: { albumId, isCover: true }, data: { isCover: false } });
    await tx.albumPicture.update({
      where: { albumId_pictureId: { albumId, pictureId } },
      data: { isCover: true },
    });
    await record({ event: "cover", albumId, pictureId });
    return true;
  });
}

/** Does something with an album of the owner's that nobody else changes meanwhile; `none` where it isn't theirs. */
async function inAlbum<T, N>(
  ownerId: string,
  albumId: string,
  none: N,
  work: (tx: Transaction) => Promise<T>,
): Promise<T | N> {
  if (!UUID.test(albumId)) return none;
  return db().$transaction(async (tx) => {
    const albums = await tx.$queryRaw<unknown[]>`
      SELECT "id" FROM "Album" WHERE "id" = ${albumId}::uuid AND "ownerId" = ${ownerId}::uuid FOR NO KEY UPDATE`;
    return albums.length === 0 ? none : work(tx);
  }, PATIENCE);
}

function picturesOf(tx: Transaction, albumId: string, record: RecordAct): RankedList {
  const find = (where: Prisma.AlbumPictureWhereInput) =>
    tx.albumPicture.findFirst({ where: { albumId, ...where }, orderBy: { rank: "asc" } });
  return {
    rankOf: async (pictureId) => (await find({ pictureId }))?.rank ?? null,
    rankAfter: async (rank, except) => {
      const above = rank === null ? {} : { rank: { gt: rank } };
      return (await find({ pictureId: { not: except }, ...above }))?.rank ?? null;
    },
    ids: async () => {
      const rows = await tx.albumPicture.findMany({
        where: { albumId },
        orderBy: [{ rank: "asc" }, { pictureId: "asc" }],
        select: { pictureId: true },
      });
      return rows.map(({ pictureId }) => pictureId);
    },
    setRanks: async (ranks) => {
      await tx.$executeRaw`
        UPDATE "AlbumPicture" SET "rank" = new."rank"
        FROM unnest(${[...ranks.keys()]}::uuid[], ${[...ranks.values()]}::text[]) AS new("id", "rank")
        WHERE "albumId" = ${albumId}::uuid AND "pictureId" = new."id"`;
      await record({ event: "placed", albumId, ranks: [...ranks] });
    },
  };
}
