import type { RecordAct } from "./acts";
import { sql, sqlTransaction } from "./client";
import { UUID } from "./uuid";

/** A picture's vector that waits to be put into words. */
export interface Untold {
  readonly pictureId: string;
  readonly ownerId: string;
  readonly vector: Float32Array;
  /** What it is told by, once it is. */
  readonly telling: string;
}

/** What a vector's picture is to be told by, the model's words ($2) and those of its owner `u`. */
const TELLING = `$2 || '.' || u."wordsEpoch"`;

/**
 * Anyone's vectors of a model that were put into other words, or into none: work for the studio itself.
 * @param vocabulary names the model's words.
 */
export async function listUntagged(model: string, vocabulary: string, count: number): Promise<Untold[]> {
  const { rows } = await sql(
    `SELECT v."pictureId", v."ownerId", v."vector"::text AS vector, ${TELLING} AS telling
     FROM "PictureVector" v JOIN "User" u ON u."id" = v."ownerId"
     WHERE v."model" = $1 AND v."vector" IS NOT NULL AND v."tagged" IS DISTINCT FROM ${TELLING}
     ORDER BY v."pictureId" DESC LIMIT $3`,
    [model, vocabulary, count],
  );
  return rows.map((row) => ({
    pictureId: String(row.pictureId),
    ownerId: String(row.ownerId),
    vector: Float32Array.from(JSON.parse(String(row.vector)) as number[]),
    telling: String(row.telling),
  }));
}

/** How many of an owner's pictures outside the trash would be among them. */
export async function countUntagged(ownerId: string, model: string, vocabulary: string): Promise<number> {
  const { rows } = await sql(
    `SELECT count(*)::int AS n FROM "PictureVector" v
     JOIN "User" u ON u."id" = v."ownerId" JOIN "Picture" p ON p."id" = v."pictureId"
     WHERE v."model" = $1 AND v."ownerId" = $3 AND v."vector" IS NOT NULL AND p."trashedAt" IS NULL
       AND v."tagged" IS DISTINCT FROM ${TELLING}`,
    [model, vocabulary, ownerId],
  );
  return Number(rows[0]!.n);
}

/** What a model tells of a picture. */
export interface ToldTags {
  readonly pictureId: string;
  readonly telling: string;
  readonly tags: readonly { readonly word: string; readonly score: number }[];
}

/** Keeps what a model tells, instead of what one told before; what owners said stays. */
export async function saveTold(model: string, told: readonly ToldTags[]): Promise<void> {
  const ids = told.map(({ pictureId }) => pictureId);
  const flat = told.flatMap(({ pictureId, tags }) => tags.map((tag) => ({ pictureId, ...tag })));
  await sqlTransaction(async (run) => {
    await run(`UPDATE "PictureTag" SET "score" = NULL WHERE "pictureId" = ANY($1::uuid[])`, [ids]);
    await run(
      `INSERT INTO "PictureTag" ("pictureId", "ownerId", "word", "score")
       SELECT p."id", p."ownerId", n.word, n.score
       FROM unnest($1::uuid[], $2::text[], $3::real[]) AS n(id, word, score) JOIN "Picture" p ON p."id" = n.id
       ON CONFLICT ("pictureId", "word") DO UPDATE SET "score" = EXCLUDED."score"`,
      [flat.map(({ pictureId }) => pictureId), flat.map(({ word }) => word), flat.map(({ score }) => score)],
    );
    await run(
      `DELETE FROM "PictureTag" WHERE "pictureId" = ANY($1::uuid[]) AND "score" IS NULL AND "kept" IS NULL`,
      [ids],
    );
    await run(
      `UPDATE "PictureVector" AS v SET "tagged" = n.telling FROM unnest($2::uuid[], $3::text[]) AS n(id, telling)
       WHERE v."model" = $1 AND v."pictureId" = n.id`,
      [model, ids, told.map((each) => each.telling)],
    );
  });
}

export interface KeptTag {
  readonly word: string;
  readonly score: number | null;
  /** Whether the owner themselves said so. */
  readonly isOwn: boolean;
}

/** Of a tag: that it holds, because the owner says so, or a model does and the owner does not deny it. */
export const TAG_HOLDS = `("kept" OR ("kept" IS NULL AND "score" IS NOT NULL))`;

/** By picture: its tags, the owner's own first, then what stands out the most. Others' pictures have none. */
export async function readTags(
  ownerId: string,
  pictureIds: readonly string[],
): Promise<Map<string, KeptTag[]>> {
  const { rows } = await sql(
    `SELECT "pictureId", "word", "score", "kept" IS TRUE AS "isOwn" FROM "PictureTag"
     WHERE "ownerId" = $1 AND "pictureId" = ANY($2::uuid[]) AND ${TAG_HOLDS}
     ORDER BY "kept" IS NOT TRUE, "score" DESC NULLS LAST, "word"`,
    [ownerId, pictureIds],
  );
  const tags = new Map<string, KeptTag[]>(pictureIds.map((id) => [id, []]));
  for (const { pictureId, ...tag } of rows as unknown as (KeptTag & { pictureId: string })[])
    tags.get(pictureId)?.push(tag);
  return tags;
}

/**
 * Notes what an owner says of their picture: that it shows something, or that it does not.
 * @returns false where it is not theirs, or has as many words as a picture may have.
 */
export function sayTag(
  { ownerId, pictureId }: { ownerId: string; pictureId: string },
  word: string,
  { isSo, most }: { isSo: boolean; most: number },
  record: RecordAct,
): Promise<boolean> {
  return sqlTransaction(async (run) => {
    const { rows } = await run(
      `INSERT INTO "PictureTag" ("pictureId", "ownerId", "word", "kept")
       SELECT p."id", p."ownerId", $3, $4 FROM "Picture" p
       WHERE p."id" = $2 AND p."ownerId" = $1
         AND (SELECT count(*) FROM "PictureTag" t WHERE t."pictureId" = p."id" AND t."word" <> $3) < $5
       ON CONFLICT ("pictureId", "word") DO UPDATE SET "kept" = EXCLUDED."kept" RETURNING "score"`,
      [ownerId, pictureId, word, isSo, most],
    );
    const [said] = rows;
    if (!said) return false;
    // A word of the owner's own that they take back need not be remembered.
    const isForgotten = !isSo && said.score === null;
    if (isForgotten)
      await run(`DELETE FROM "PictureTag" WHERE "ownerId" = $1 AND "pictureId" = $2 AND "word" = $3`, [
        ownerId,
        pictureId,
        word,
      ]);
    await record({ event: "tagged", pictureId, word, kept: isForgotten ? null : isSo });
    return true;
  });
}

/**
 * What the owner themselves says of their pictures: by picture, whether it is one of these words.
 * @param isTold whether what a model tells counts as well, where the owner says nothing.
 */
export async function readSaid(
  ownerId: string,
  words: readonly string[],
  { isTold = false } = {},
): Promise<Map<string, boolean>> {
  if (words.length === 0 || !UUID.test(ownerId)) return new Map();
  const { rows } = await sql(
    `SELECT t."pictureId", bool_or(COALESCE(t."kept", TRUE)) AS "isSo" FROM "PictureTag" t
     JOIN "Picture" p ON p."id" = t."pictureId"
     WHERE t."ownerId" = $1 AND t."word" = ANY($2::text[]) AND ($3 OR t."kept" IS NOT NULL) AND p."trashedAt" IS NULL
     GROUP BY 1`,
    [ownerId, words, isTold],
  );
  return new Map(rows.map(({ pictureId, isSo }) => [String(pictureId), isSo === true]));
}

/**
 * How many of an owner's pictures outside the trash are something: by what they are.
 * @param pairs a word of a tag, and what it is, itself among it.
 */
export async function countTagged(
  ownerId: string,
  pairs: readonly (readonly [word: string, is: string])[],
): Promise<Map<string, number>> {
  const { rows } = await sql(
    `SELECT n."is", count(DISTINCT t."pictureId")::int AS count
     FROM unnest($2::text[], $3::text[]) AS n("word", "is")
     JOIN "PictureTag" t ON t."ownerId" = $1 AND t."word" = n."word" AND ${TAG_HOLDS}
     JOIN "Picture" p ON p."id" = t."pictureId" AND p."trashedAt" IS NULL GROUP BY 1`,
    [ownerId, pairs.map(([word]) => word), pairs.map(([, is]) => is)],
  );
  return new Map(rows.map(({ is, count }) => [String(is), Number(count)]));
}

/** The words of an owner's pictures outside the trash, the most frequent first. */
export async function listWords(ownerId: string, count: number): Promise<{ word: string; count: number }[]> {
  const { rows } = await sql(
    `SELECT t."word", count(*)::int AS count FROM "PictureTag" t JOIN "Picture" p ON p."id" = t."pictureId"
     WHERE t."ownerId" = $1 AND p."trashedAt" IS NULL AND ${TAG_HOLDS} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $2`,
    [ownerId, count],
  );
  return rows as { word: string; count: number }[];
}
