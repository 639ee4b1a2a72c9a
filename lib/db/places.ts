import { PATIENCE, type RecordAct } from "./acts";
import { db, type Place, Prisma } from "./client";
import { UUID } from "./uuid";

/** Keeps a place, as it is called by now. */
export async function keepPlace({ id, ...place }: Place): Promise<void> {
  await db().place.upsert({ where: { id }, create: { id, ...place }, update: place });
}

/** Anyone's pictures with coordinates that no place was looked for by this data. @param id one picture; null for all */
export function listUnplaced(
  placedBy: string,
  count: number,
  id: string | null = null,
): Promise<{ id: string; exif: unknown }[]> {
  return db().$queryRaw`
    SELECT "id", "exif" FROM "Picture" WHERE "exif"->'place' IS NOT NULL AND "placedBy" IS DISTINCT FROM ${placedBy}
      AND NOT "placeHidden" AND (${id}::uuid IS NULL OR "id" = ${id}::uuid)
    LIMIT ${count}`;
}

/** Notes what a picture's place is called, or (null) that it has no name; one that was hidden meanwhile stays hidden. */
export async function setPlace(id: string, placeId: string | null, placedBy: string): Promise<void> {
  await db().picture.updateMany({ where: { id, placeHidden: false }, data: { placeId, placedBy } });
}

/** Hides where a picture was taken, or shows it again, as yet without a name. @returns false when it isn't the owner's */
export async function setPlaceHidden(
  ownerId: string,
  id: string,
  placeHidden: boolean,
  record: RecordAct,
): Promise<boolean> {
  if (!UUID.test(id)) return false;
  return db().$transaction(async (tx) => {
    const data = { placeHidden, placeId: null, placedBy: null };
    const { count } = await tx.picture.updateMany({ where: { id, ownerId }, data });
    if (count > 0) await record({ event: "changed", pictureIds: [id], placeHidden });
    return count > 0;
  }, PATIENCE);
}

/** Where the owner's pictures outside the trash were taken, the most frequent first. */
export function listPlaceRows(
  ownerId: string,
  count: number,
): Promise<(Pick<Place, "country" | "city" | "cityZh"> & { count: number })[]> {
  return db().$queryRaw(Prisma.sql`
    SELECT l."country", l."city", l."cityZh", count(*)::int AS count
    FROM "Picture" p JOIN "Place" l ON l."id" = p."placeId"
    WHERE p."ownerId" = ${ownerId}::uuid AND p."trashedAt" IS NULL AND p."kind" <> 'draft'
    GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2 LIMIT ${count}`);
}
