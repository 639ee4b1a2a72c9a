import { PATIENCE, type RecordAct } from "./acts";
import { asAct } from "./albums";
import { type Album, db, sql, sqlTransaction } from "./client";

// For upkeep alone, which works for every owner.

/** A picture's place in an album. */
export interface Place {
  pictureId: string;
  rank: string;
  isCover: boolean;
}

export const everyAlbum = (): Promise<Album[]> => db().album.findMany({ orderBy: { id: "asc" } });

/** Those in the trash, too. */
export function placesIn(albumId: string): Promise<Place[]> {
  const select = { pictureId: true, rank: true, isCover: true };
  return db().albumPicture.findMany({ where: { albumId }, select });
}

/** What an owner says of a picture. */
export interface Said {
  pictureId: string;
  word: string;
  kept: boolean;
}

/** Everything that owners say of their pictures, in pages. */
export async function* everySaid(pageSize = 1000): AsyncGenerator<Said[]> {
  let after = ["00000000-0000-0000-0000-000000000000", ""];
  for (;;) {
    const { rows } = await sql(
      `SELECT "pictureId"::text AS "pictureId", "word", "kept" FROM "PictureTag"
       WHERE "kept" IS NOT NULL AND ("pictureId", "word") > ($1::uuid, $2) ORDER BY "pictureId", "word" LIMIT $3`,
      [...after, pageSize],
    );
    const page = rows as unknown as Said[];
    if (page.length === 0) return;
    yield page;
    const { pictureId, word } = page.at(-1)!;
    after = [pictureId, word];
  }
}

/** Puts a lost album's row back, without pictures; its owner's row too, as a guest, if that is lost. */
export async function restoreAlbum(album: Album): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.user.createMany({ data: [{ id: album.ownerId }], skipDuplicates: true });
    await tx.album.createMany({ data: [album], skipDuplicates: true });
  });
}

/**
 * Puts pictures back into an album, those that its owner has; the others are left out, and those that are in it stay where
 * they are.
 * @returns how many came back.
 */
export function restorePlaces(albumId: string, places: readonly Place[]): Promise<number> {
  return sqlTransaction(async (run) => {
    const { rows } = await run(
      `INSERT INTO "AlbumPicture" ("albumId", "ownerId", "pictureId", "rank")
       SELECT a."id", a."ownerId", p."id", n.rank FROM unnest($2::uuid[], $3::text[]) AS n(id, rank)
       JOIN "Album" a ON a."id" = $1 JOIN "Picture" p ON p."id" = n.id AND p."ownerId" = a."ownerId"
       ON CONFLICT DO NOTHING RETURNING 1`,
      [albumId, places.map(({ pictureId }) => pictureId), places.map(({ rank }) => rank)],
    );
    await run(
      `UPDATE "AlbumPicture" SET "isCover" = true WHERE "albumId" = $1 AND "pictureId" = $2
         AND NOT EXISTS (SELECT 1 FROM "AlbumPicture" WHERE "albumId" = $1 AND "isCover")`,
      [albumId, places.find(({ isCover }) => isCover)?.pictureId ?? null],
    );
    return rows.length;
  });
}

/** Says again what owners said of pictures that are there; what they say by now stays. @returns of how much. */
export async function restoreSaid(said: readonly Said[]): Promise<number> {
  const { rows } = await sql(
    `INSERT INTO "PictureTag" ("pictureId", "ownerId", "word", "kept")
     SELECT p."id", p."ownerId", n.word, n.kept FROM unnest($1::uuid[], $2::text[], $3::boolean[]) AS n(id, word, kept)
     JOIN "Picture" p ON p."id" = n.id
     ON CONFLICT ("pictureId", "word") DO UPDATE SET "kept" = EXCLUDED."kept" WHERE "PictureTag"."kept" IS NULL
     RETURNING 1`,
    [said.map(({ pictureId }) => pictureId), said.map(({ word }) => word), said.map(({ kept }) => kept)],
  );
  return rows.length;
}

/** Writes down what a picture's owner gave it, as it is now. */
export function notePicture(id: string, record: RecordAct): Promise<void> {
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "Picture" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.picture.findUnique({ where: { id } });
    if (!row) return;
    const { title, caption, favourite, placeHidden, textDenied, trashedAt } = row;
    const as = {
      title,
      caption,
      favourite,
      placeHidden,
      textDenied,
      trashedAt: trashedAt?.toISOString() ?? null,
    };
    await record({ event: "changed", pictureIds: [id], ...as });
  }, PATIENCE);
}

/** Writes down an album with its pictures, as it is now. */
export function noteAlbum(id: string, record: RecordAct): Promise<void> {
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "Album" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
    const album = await tx.album.findUnique({ where: { id }, include: { pictures: true } });
    if (!album) return;
    await record(asAct(album));
    if (album.pictures.length === 0) return;
    const ranks = album.pictures.map(({ pictureId, rank }): [string, string] => [pictureId, rank]);
    await record({ event: "placed", albumId: id, ranks });
    const cover = album.pictures.find(({ isCover }) => isCover);
    if (cover) await record({ event: "cover", albumId: id, pictureId: cover.pictureId });
  }, PATIENCE);
}

/** Writes down what an owner says of a picture, as they say it now. */
export function noteSaid({ pictureId, word }: Said, record: RecordAct): Promise<void> {
  return sqlTransaction(async (run) => {
    const { rows } = await run(
      `SELECT "kept" FROM "PictureTag" WHERE "pictureId" = $1 AND "word" = $2 AND "kept" IS NOT NULL FOR UPDATE`,
      [pictureId, word],
    );
    for (const { kept } of rows) await record({ event: "tagged", pictureId, word, kept: kept === true });
  });
}
