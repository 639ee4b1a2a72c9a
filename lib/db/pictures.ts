import { PATIENCE, type RecordAct } from "./acts";
import { db, type Picture, type Place, Prisma, type Transaction } from "./client";
import { type PictureFilter, pictureWhere } from "./picture-where";
import { termPattern } from "./term-pattern";
import { UUID } from "./uuid";

/** Everything about a picture that is known when it is kept. */
export interface NewPicture {
  id: string;
  ownerId: string;
  kind: Picture["kind"];
  blob: string;
  mime: string;
  sizeBytes: number;
  width: number;
  height: number;
  thumbhash: string | null;
  /** The most first. */
  colours: string[];
  /** For uploads. */
  fingerprint?: string | null;
  /** By the camera's clock, as if it were UTC. */
  takenAt?: Date | null;
  /** What else the camera noted; for uploads, where it noted nothing, an empty object. */
  exif?: Prisma.InputJsonValue | null;
  /** Of a `Place` that is kept, and what it was named by. */
  placeId?: string | null;
  placedBy?: string | null;
  title: string;
  settings?: Prisma.InputJsonValue;
  verdict?: Prisma.InputJsonValue;
  sourceId?: string | null;
  /** Whole milliseconds: pages of the list are cut at this time, and JavaScript's dates are no finer. */
  createdAt: Date;
}

/**
 * Holds off everyone else who is about to count on, or remove, the same blob, until the transaction ends.
 * Without it a purge could delete the file between another upload's "it is there already" and its row.
 */
export async function lockBlob(tx: Transaction, blob: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${blob}, 0))`;
}

/**
 * Keeps an upload's row, unless the owner has these bytes already: then that picture comes back, out of the
 * trash if need be.
 * @param secure makes sure that the file and its record are in storage; called before a new row is written,
 *               while nobody can purge the file.
 * @param record notes that it came back.
 */
export function insertUpload(
  picture: NewPicture,
  secure: () => Promise<unknown>,
  record: RecordAct,
): Promise<{ picture: Picture; isNew: boolean }> {
  return db().$transaction(async (tx) => {
    await lockBlob(tx, picture.blob);
    const { ownerId, blob } = picture;
    const same = await tx.picture.findFirst({ where: { ownerId, blob }, orderBy: { createdAt: "asc" } });
    if (!same) {
      await secure();
      return { picture: await insertRow(tx, picture), isNew: true };
    }
    const back = await tx.picture.update({ where: { id: same.id }, data: { trashedAt: null } });
    if (same.trashedAt) await record({ event: "changed", pictureIds: [same.id], trashedAt: null });
    return { picture: back, isNew: false };
  }, PATIENCE);
}

/**
 * Keeps what a job made. The picture that has the job's own id is the one that the job points at; a job that has made
 * it already gives it back, and so do its other pictures. The owner is whoever the job belongs to by now: a guest may
 * have signed in while it ran.
 * @param secure as for an upload; it is told the owner.
 * @returns null when the job is gone.
 */
export function insertMade(
  jobId: string,
  made: Omit<NewPicture, "ownerId">,
  secure: (ownerId: string) => Promise<unknown>,
): Promise<{ picture: Picture; isNew: boolean } | null> {
  return db().$transaction(async (tx) => {
    await lockBlob(tx, made.blob);
    const [job] = await tx.$queryRaw<{ ownerId: string; pictureId: string | null }[]>`
      SELECT "ownerId", "pictureId" FROM "Job" WHERE "id" = ${jobId}::uuid FOR UPDATE`;
    if (!job) return null;
    const isChief = made.id === jobId;
    const before = await tx.picture.findUnique({ where: { id: made.id } });
    // A start after a crash may have restored a bare row for the chief's file: this one knows more.
    if (before && (!isChief || job.pictureId)) return { picture: before, isNew: false };
    await secure(job.ownerId);
    const row = await insertRow(tx, { ...made, ownerId: job.ownerId });
    if (isChief) await tx.job.update({ where: { id: jobId }, data: { pictureId: row.id } });
    return { picture: row, isNew: true };
  }, PATIENCE);
}

/** A picture with what its place is called. */
export type PlacedPicture = Picture & { place: Place | null };

async function insertRow(
  tx: Transaction,
  { sourceId = null, exif, ...picture }: NewPicture,
): Promise<Picture> {
  // The source may have been purged, or be another's by now; the picture stands without it.
  const source = sourceId
    ? await tx.picture.findFirst({ where: { id: sourceId, ownerId: picture.ownerId } })
    : null;
  const data = { ...picture, exif: exif ?? Prisma.DbNull, sourceId: source?.id ?? null };
  // A start after a crash may have restored a bare row for the file already; this one knows more.
  return tx.picture.upsert({ where: { id: picture.id }, create: data, update: data });
}

export async function findPicture(ownerId: string, id: string): Promise<PlacedPicture | null> {
  if (!UUID.test(id)) return null;
  return db().picture.findFirst({ where: { id, ownerId }, include: { place: true } });
}

/** The picture that the owner has of these bytes, the oldest where there are several. */
export const findByBlob = (ownerId: string, blob: string): Promise<Picture | null> =>
  db().picture.findFirst({ where: { ownerId, blob }, orderBy: { createdAt: "asc" } });

/** By the time they came in, or by the time they were taken, where a camera says when. */
export type PictureOrder = "added" | "taken";

/** A picture's place in an owner's pictures, newest first. */
export interface PicturePlace {
  /** By which they are ordered. */
  at: Date;
  id: string;
}

/** Columns of "Picture" p. */
const TIMES = { added: Prisma.sql`p."createdAt"`, taken: Prisma.sql`p."datedAt"` };

export const placeOf = (picture: Picture, order: PictureOrder): PicturePlace => ({
  at: order === "added" ? picture.createdAt : picture.datedAt,
  id: picture.id,
});

/** Which of the owner's pictures. */
export interface PictureList {
  filter: PictureFilter;
  order?: PictureOrder;
  /** The first that counts. */
  from?: PicturePlace | null;
  /** Those behind this one. */
  after?: PicturePlace | null;
  /** Those before this one. */
  before?: PicturePlace | null;
}

/** At most `count` of the owner's pictures, newest first. */
export async function listPictureRows(
  ownerId: string,
  { filter, order = "added", from, after, before }: PictureList,
  count: number,
): Promise<Picture[]> {
  const time = TIMES[order];
  const place = ({ at, id }: PicturePlace) => Prisma.sql`(${at}::timestamptz, ${id}::uuid)`;
  const bounds = [
    from && Prisma.sql`AND (${time}, p."id") <= ${place(from)}`,
    after && Prisma.sql`AND (${time}, p."id") < ${place(after)}`,
    before && Prisma.sql`AND (${time}, p."id") > ${place(before)}`,
  ].filter((each) => each instanceof Prisma.Sql);
  return inOrder(
    await db().$queryRaw<{ id: string }[]>`
      SELECT p."id" FROM "Picture" p WHERE ${pictureWhere(ownerId, filter)} ${Prisma.join([Prisma.empty, ...bounds], " ")}
      ORDER BY ${time} DESC, p."id" DESC LIMIT ${count}`,
  );
}

/** The rows of these, in this order. */
async function inOrder(ids: readonly { id: string }[]): Promise<Picture[]> {
  const rows = await db().picture.findMany({ where: { id: { in: ids.map(({ id }) => id) } } });
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap(({ id }) => known.get(id) ?? []);
}

/** Pictures of one month that follow each other, as far as a screen must know them to leave room for them. */
export interface PictureSection {
  /** YYYY-MM, in UTC. */
  month: string;
  count: number;
  /** The sum of their sides' ratios, width by height, none beyond 3 to 1. */
  ratio: number;
  /** Where it begins. */
  from: PicturePlace;
}

/** All of an owner's pictures in sections of at most `most`, newest first: every month begins a new one. */
export async function listSections(
  ownerId: string,
  { filter, order = "added" }: Pick<PictureList, "filter" | "order">,
  most: number,
): Promise<PictureSection[]> {
  const rows = await db().$queryRaw<(Omit<PictureSection, "from"> & PicturePlace)[]>`
    WITH listed AS (
      SELECT p."id", ${TIMES[order]} AS at, date_trunc('month', ${TIMES[order]}, 'UTC') AS month,
        greatest(least(p."width"::float8 / p."height", 3), 1.0 / 3) AS ratio
      FROM "Picture" p WHERE ${pictureWhere(ownerId, filter)}
    ), placed AS (
      SELECT *, row_number() OVER (PARTITION BY month ORDER BY at DESC, "id" DESC) - 1 AS place FROM listed
    )
    SELECT to_char(placed.month AT TIME ZONE 'UTC', 'YYYY-MM') AS month, count(*)::int AS count,
      sum(ratio)::float8 AS ratio, max(at) AS at, max("id"::text) FILTER (WHERE place % ${most}::int = 0) AS id
    FROM placed GROUP BY placed.month, place / ${most}::int ORDER BY placed.month DESC, min(place)`;
  return rows.map(({ at, id, ...section }) => ({ ...section, from: { at, id } }));
}

/** All of the owner's pictures that a filter lets through, in any order. */
export async function listPictureIds(ownerId: string, filter: PictureFilter): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT p."id" FROM "Picture" p WHERE ${pictureWhere(ownerId, filter)}`;
  return rows.map(({ id }) => id);
}

/** The owner's uploads outside the trash that have a fingerprint, the newest first. */
export async function listFingerprints(
  ownerId: string,
): Promise<{ id: string; fingerprint: string; thumbhash: string; width: number; height: number }[]> {
  return db().$queryRaw`
    SELECT "id", "fingerprint", "thumbhash", "width", "height" FROM "Picture"
    WHERE "ownerId" = ${ownerId}::uuid AND "trashedAt" IS NULL AND "kind" = 'upload' AND "fingerprint" IS NOT NULL
      AND "thumbhash" IS NOT NULL
    ORDER BY "createdAt" DESC, "id" DESC`;
}

/** Those of these pictures that are the owner's and outside the trash, in any order. */
export function listOwned(ownerId: string, ids: readonly string[]): Promise<Picture[]> {
  const known = ids.filter((id) => UUID.test(id));
  return db().picture.findMany({ where: { ownerId, id: { in: known }, trashedAt: null } });
}

/** A word that is looked for in what is written of pictures. */
export interface WrittenTerm {
  /** In titles and captions, of scripts with spaces between words the beginning of a word, of others anywhere. */
  text: string;
  /** Names of places that it may be all of, or a part of, as `Place` keeps them. */
  places: readonly string[];
}

/** The owner's pictures outside the trash of which every term is written, or their place is called so; the newest first. */
export async function findWritten(
  ownerId: string,
  terms: readonly WrittenTerm[],
  count: number,
): Promise<Picture[]> {
  if (terms.length === 0) return [];
  const each = terms.map(
    ({ text, places }) => Prisma.sql`(p."title" || E'\n' || p."caption" ~* ${termPattern(text)}
      OR l."names" && ${[...places]}::text[])`,
  );
  return inOrder(
    await db().$queryRaw<{ id: string }[]>`
      SELECT p."id" FROM "Picture" p LEFT JOIN "Place" l ON l."id" = p."placeId"
      WHERE p."ownerId" = ${ownerId}::uuid AND p."trashedAt" IS NULL AND p."kind" <> 'draft'
        AND ${Prisma.join(each, " AND ")}
      ORDER BY p."createdAt" DESC, p."id" DESC LIMIT ${count}`,
  );
}

/** What a person may change about a picture. */
export interface PictureChange {
  title?: string;
  caption?: string;
  favourite?: boolean;
  /** That it does not say what machines read in it. */
  textDenied?: boolean;
}

/** Changes a picture; null when it isn't the owner's. */
export async function updatePicture(
  ownerId: string,
  id: string,
  change: PictureChange,
  record: RecordAct,
): Promise<Picture | null> {
  if (!UUID.test(id)) return null;
  return db().$transaction(async (tx) => {
    const [row] = await tx.picture.updateManyAndReturn({ where: { id, ownerId }, data: change });
    if (row) await record({ event: "changed", pictureIds: [row.id], ...change });
    return row ?? null;
  }, PATIENCE);
}

/** Puts pictures into the trash, or takes them out; those that are there already stay as they are. */
export async function setTrashed(
  ownerId: string,
  ids: readonly string[],
  at: Date | null,
  record: RecordAct,
): Promise<string[]> {
  const where: Prisma.PictureWhereInput = {
    ownerId,
    id: { in: ids.filter((id) => UUID.test(id)) },
    trashedAt: at === null ? { not: null } : null,
  };
  return changeAll(where, { trashedAt: at }, (pictureIds) =>
    record({ event: "changed", pictureIds, trashedAt: at?.toISOString() ?? null }),
  );
}

/** Marks pictures as favourites, or not; returns the ids of those that were not so already. */
export async function setFavouriteRows(
  ownerId: string,
  ids: readonly string[],
  favourite: boolean,
  record: RecordAct,
): Promise<string[]> {
  const where = { ownerId, id: { in: ids.filter((id) => UUID.test(id)) }, favourite: !favourite };
  return changeAll(where, { favourite }, (pictureIds) => record({ event: "changed", pictureIds, favourite }));
}

/** Changes rows alike, and says of which it did. @returns their ids. */
function changeAll(
  where: Prisma.PictureWhereInput,
  data: Prisma.PictureUpdateManyMutationInput,
  record: (ids: string[]) => Promise<unknown>,
): Promise<string[]> {
  return db().$transaction(async (tx) => {
    const rows = await tx.picture.updateManyAndReturn({ where, data, select: { id: true } });
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await record(ids);
    return ids;
  }, PATIENCE);
}

/** How many of these pictures are the owner's. */
export function countOwned(ownerId: string, ids: readonly string[]): Promise<number> {
  return db().picture.count({ where: { ownerId, id: { in: ids.filter((id) => UUID.test(id)) } } });
}

/** Pictures of anyone that went into the trash before a date; of one owner where one is named. */
export function listTrashedBefore(
  date: Date,
  count: number,
  ownerId?: string,
): Promise<Pick<Picture, "id" | "blob" | "ownerId">[]> {
  return db().picture.findMany({
    where: { trashedAt: { lt: date }, ...(ownerId ? { ownerId } : {}) },
    orderBy: { trashedAt: "asc" },
    take: count,
    select: { id: true, blob: true, ownerId: true },
  });
}

/**
 * Removes a trashed picture's row for good.
 * @param record notes the removal beside the files; when that fails, or this process dies, the row stays.
 * @returns whether the picture was still in the trash.
 */
export function deletePicture(
  id: string,
  trashedBefore: Date,
  record: () => Promise<unknown>,
): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const gone = await tx.picture.deleteMany({ where: { id, trashedAt: { lt: trashedBefore } } });
    if (gone.count === 0) return false;
    await record();
    return true;
  }, PATIENCE);
}

/**
 * Puts drafts from before a time, of which nothing is left that was made of them, where the next purge finds them.
 * @returns how many there were.
 */
export async function discardLoneDrafts(before: Date, ownerId: string | null = null): Promise<number> {
  // A code names its draft in its settings, too: where its row was rebuilt, in them alone.
  return db().$executeRaw`
    UPDATE "Picture" d SET "trashedAt" = to_timestamp(0)
    WHERE d."kind" = 'draft' AND d."trashedAt" IS NULL AND d."createdAt" < ${before}
      AND (${ownerId}::uuid IS NULL OR d."ownerId" = ${ownerId}::uuid)
      AND NOT EXISTS (SELECT 1 FROM "Picture" c WHERE c."sourceId" = d."id" OR (c."ownerId" = d."ownerId"
        AND c."kind" = 'code' AND c."settings"->'picture'->>'id' = d."id"::text))`;
}

/**
 * Removes a file when no picture of anyone is made of it any more.
 * @param deleteBlob called at most once, while nobody can begin to count on the file.
 */
export function deleteUnusedBlob(blob: string, deleteBlob: () => Promise<unknown>): Promise<void> {
  return db().$transaction(async (tx) => {
    await lockBlob(tx, blob);
    if ((await tx.picture.count({ where: { blob } })) === 0) await deleteBlob();
  }, PATIENCE);
}

/**
 * Removes a file that a job was given to work on, when no other job waits for the same bytes.
 * @param jobId the job that is done with it.
 * @param deleteBlob as above.
 */
export function deleteJobBlob(
  jobId: string,
  blob: string,
  deleteBlob: () => Promise<unknown>,
): Promise<void> {
  return db().$transaction(async (tx) => {
    await lockBlob(tx, blob);
    const others: Prisma.JobWhereInput = {
      id: { not: jobId },
      state: { in: ["queued", "running"] },
      input: { path: ["blob"], equals: blob },
    };
    if ((await tx.job.count({ where: others })) === 0) await deleteBlob();
  }, PATIENCE);
}
