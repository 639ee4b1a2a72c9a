import { sql } from "./client";
import { termPattern } from "./term-pattern";

/** Of a picture `p`: that somebody may read it: no code made here, nothing that its owner does not want read. */
const READABLE = `p."trashedAt" IS NULL AND p."blobMissingAt" IS NULL AND p."kind" IN ('upload', 'drawing')
  AND NOT p."textDenied"`;

/** Anyone's pictures outside the trash that a reader has not read, the newest first: work for the studio itself. */
export async function listUnread(reader: string, count: number): Promise<{ id: string; blob: string }[]> {
  const { rows } = await sql(
    `SELECT p."id", p."blob" FROM "Picture" p WHERE ${READABLE}
       AND NOT EXISTS (SELECT 1 FROM "PictureText" t WHERE t."pictureId" = p."id" AND t."reader" = $1)
     ORDER BY p."createdAt" DESC, p."id" DESC LIMIT $2`,
    [reader, count],
  );
  return rows as { id: string; blob: string }[];
}

/**
 * Keeps what was read, instead of what was read before; of a picture that is gone, nothing.
 * @param text empty where there is none; null where the picture could not be opened: it is not tried again.
 */
export async function saveText(reader: string, pictureId: string, text: string | null): Promise<void> {
  await sql(
    `INSERT INTO "PictureText" ("pictureId", "ownerId", "reader", "text")
     SELECT p."id", p."ownerId", $1, $3 FROM "Picture" p WHERE p."id" = $2
     ON CONFLICT ("pictureId") DO UPDATE SET "reader" = EXCLUDED."reader", "text" = EXCLUDED."text"`,
    [reader, pictureId, text],
  );
}

/** Pictures that could not be opened wait again: their originals are back. */
export async function forgetUnread(pictureId: string): Promise<void> {
  await sql(`DELETE FROM "PictureText" WHERE "pictureId" = $1 AND "text" IS NULL`, [pictureId]);
}

/** What was read in one of the owner's pictures; null where nothing was, or where it is another's. */
export async function readTextOf(ownerId: string, pictureId: string): Promise<string | null> {
  const { rows } = await sql(`SELECT "text" FROM "PictureText" WHERE "ownerId" = $1 AND "pictureId" = $2`, [
    ownerId,
    pictureId,
  ]);
  return (rows[0]?.text as string | null | undefined) || null;
}

/**
 * The owner's pictures outside the trash in which every term stands, the newest first, with what was read in them. Terms
 * may stand in their titles and captions as well, but for one.
 * @param terms see `termPattern`.
 * @param withTitles whether titles and captions count.
 */
export async function findRead(
  ownerId: string,
  terms: readonly string[],
  { count, withTitles }: { count: number; withTitles: boolean },
): Promise<Map<string, string>> {
  if (terms.length === 0) return new Map();
  const { rows } = await sql(
    `SELECT p."id", t."text" FROM "PictureText" t JOIN "Picture" p ON p."id" = t."pictureId"
     WHERE t."ownerId" = $1 AND p."trashedAt" IS NULL AND NOT p."textDenied" AND t."text" ~* ANY ($2::text[])
       AND (CASE WHEN $3 THEN p."title" || E'\\n' || p."caption" || E'\\n' ELSE '' END || t."text") ~* ALL ($2::text[])
     ORDER BY p."createdAt" DESC, p."id" DESC LIMIT $4`,
    [ownerId, terms.map(termPattern), withTitles, count],
  );
  return new Map(rows.map(({ id, text }) => [String(id), String(text)]));
}
