import { type Act, PATIENCE, type RecordAct } from "./acts";
import { type Album, db, Prisma, type Transaction } from "./client";
import { moveBehind, type RankedList, ranksBehind } from "./ranked-list";
import { UUID } from "./uuid";

/** An album with what its tile shows. Pictures in the trash don't count. */
export interface AlbumRow {
  id: string;
  title: string;
  createdAt: Date;
  pictureCount: number;
  /** The picture that was chosen, else the first; null where there is none. */
  coverId: string | null;
}

/** The owner's albums, in their order; of one where one is named. */
export async function listAlbumRows(ownerId: string, id?: string): Promise<AlbumRow[]> {
  if (id !== undefined && !UUID.test(id)) return [];
  const one = id === undefined ? Prisma.empty : Prisma.sql`AND a."id" = ${id}::uuid`;
  return db().$queryRaw<AlbumRow[]>`
    SELECT a."id", a."title", a."createdAt",
      (SELECT count(*)::int FROM "AlbumPicture" ap JOIN "Picture" p ON p."id" = ap."pictureId"
        WHERE ap."albumId" = a."id" AND p."trashedAt" IS NULL) AS "pictureCount",
      (SELECT ap."pictureId" FROM "AlbumPicture" ap JOIN "Picture" p ON p."id" = ap."pictureId"
        WHERE ap."albumId" = a."id" AND p."trashedAt" IS NULL
        ORDER BY ap."isCover" DESC, ap."rank", ap."pictureId" LIMIT 1) AS "coverId"
    FROM "Album" a WHERE a."ownerId" = ${ownerId}::uuid ${one} ORDER BY a."rank", a."id"`;
}

/** A new album, behind the owner's others. */
export function insertAlbum(ownerId: string, title: string, record: RecordAct): Promise<Album> {
  return db().$transaction(async (tx) => {
    await lockAlbums(tx, ownerId);
    const [rank] = ranksBehind(await lastRank(tx, ownerId), 1);
    const album = await tx.album.create({ data: { ownerId, title, rank: rank! } });
    await record(asAct(album));
    return album;
  }, PATIENCE);
}

/** @returns false when the album isn't the owner's. */
export async function updateAlbumTitle(
  ownerId: string,
  id: string,
  title: string,
  record: RecordAct,
): Promise<boolean> {
  if (!UUID.test(id)) return false;
  return db().$transaction(async (tx) => {
    const [album] = await tx.album.updateManyAndReturn({ where: { id, ownerId }, data: { title } });
    if (album) await record(asAct(album));
    return album !== undefined;
  }, PATIENCE);
}

/** An album as it is now, without its pictures. */
export const asAct = ({ id, ownerId, title, rank, createdAt }: Album): Act => ({
  event: "album",
  album: { id, ownerId, title, rank, createdAt: createdAt.toISOString() },
});

/** Removes the album; its pictures stay. @returns false when it isn't the owner's. */
export async function deleteAlbumRow(ownerId: string, id: string, record: RecordAct): Promise<boolean> {
  if (!UUID.test(id)) return false;
  return db().$transaction(async (tx) => {
    const { count } = await tx.album.deleteMany({ where: { id, ownerId } });
    if (count === 1) await record({ event: "album-deleted", albumId: id.toLowerCase() });
    return count === 1;
  }, PATIENCE);
}

/** Moves an album behind another one of the owner's. @returns false when one of them isn't theirs. */
export async function moveAlbumRow(
  ownerId: string,
  id: string,
  after: string | null,
  record: RecordAct,
): Promise<boolean> {
  if (!UUID.test(id) || (after !== null && !UUID.test(after))) return false;
  return db().$transaction(async (tx) => {
    await lockAlbums(tx, ownerId);
    return moveBehind(albumsOf(tx, ownerId, record), id, after);
  }, PATIENCE);
}

/**
 * Gives one owner's albums to another, behind theirs. The pictures in them go in the same transaction.
 * @returns the ranks that they have from then on; empty where there are none.
 */
export async function moveAlbumsTo(
  tx: Transaction,
  fromId: string,
  toId: string,
): Promise<[albumId: string, rank: string][]> {
  await lockAlbums(tx, toId);
  const ids = await albumIds(tx, fromId);
  const ranks = ranksBehind(await lastRank(tx, toId), ids.length);
  for (const [i, id] of ids.entries())
    await tx.album.update({ where: { id }, data: { ownerId: toId, rank: ranks[i]! } });
  return ids.map((id, i) => [id, ranks[i]!]);
}

/** One at a time changes the order of an owner's albums. */
async function lockAlbums(tx: Transaction, ownerId: string): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "User" WHERE "id" = ${ownerId}::uuid FOR NO KEY UPDATE`;
}

async function lastRank(tx: Transaction, ownerId: string): Promise<string | null> {
  const last = await tx.album.findFirst({ where: { ownerId }, orderBy: { rank: "desc" } });
  return last?.rank ?? null;
}

async function albumIds(tx: Transaction, ownerId: string): Promise<string[]> {
  const rows = await tx.album.findMany({
    where: { ownerId },
    orderBy: [{ rank: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

function albumsOf(tx: Transaction, ownerId: string, record: RecordAct): RankedList {
  return {
    rankOf: async (id) => (await tx.album.findFirst({ where: { id, ownerId } }))?.rank ?? null,
    rankAfter: async (rank, except) => {
      const where = { ownerId, id: { not: except }, ...(rank === null ? {} : { rank: { gt: rank } }) };
      return (await tx.album.findFirst({ where, orderBy: { rank: "asc" } }))?.rank ?? null;
    },
    ids: () => albumIds(tx, ownerId),
    setRanks: async (ranks) => {
      await tx.$executeRaw`
        UPDATE "Album" SET "rank" = new."rank"
        FROM unnest(${[...ranks.keys()]}::uuid[], ${[...ranks.values()]}::text[]) AS new("id", "rank")
        WHERE "Album"."id" = new."id" AND "Album"."ownerId" = ${ownerId}::uuid`;
      await record({ event: "albums-ranked", ranks: [...ranks] });
    },
  };
}
