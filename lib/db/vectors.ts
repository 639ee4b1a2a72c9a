import { createHash } from "node:crypto";
import { sql, sqlTransaction } from "./client";
import { UUID } from "./uuid";

export interface NewVector {
  readonly pictureId: string;
  /** Of length 1; null for a picture that cannot be opened, which is then not waiting for one any more. */
  readonly vector: Float32Array | null;
}

export interface NearPicture {
  readonly pictureId: string;
  /** Cosine: 1 is the same, 0 has nothing to do with it. */
  readonly similarity: number;
}

/** When an owner's vectors are searched by a graph (HNSW). */
export interface GraphPolicy {
  /**
   * Up to so many vectors of one owner all are compared, which finds every one; above, a graph of this owner's alone is
   * asked. A graph over all owners loses most of what a small owner has, without saying so.
   */
  readonly mostCompared: number;
  /** From here on an owner's graph is built: later it would hold everyone up for long on the embedded database. */
  readonly graphFrom: number;
}
const USUAL: GraphPolicy = { mostCompared: 20_000, graphFrom: 10_000 };
/** Candidates that a search in the graph keeps; more finds more, and takes longer. */
const EF_SEARCH = 200;

/** Names of models are written into SQL where a graph of theirs is to be used. */
const MODEL = /^[a-z0-9][a-z0-9._:@/-]{0,119}$/i;

const literal = (vector: Float32Array): string => `[${vector.join(",")}]`;

/**
 * Keeps vectors; a picture that has one of this model gets the new one, a picture that is gone gets none.
 * @param model its name with all that its vectors depend on. @throws RangeError for a name of other signs
 */
export async function saveVectors(model: string, vectors: readonly NewVector[]): Promise<void> {
  checkModel(model);
  if (vectors.length === 0) return;
  await sql(
    `INSERT INTO "PictureVector" ("pictureId", "ownerId", "model", "vector")
     SELECT p."id", p."ownerId", $1, n.v::vector
     FROM unnest($2::uuid[], $3::text[]) AS n(id, v) JOIN "Picture" p ON p."id" = n.id
     ON CONFLICT ("pictureId", "model") DO UPDATE SET "vector" = EXCLUDED."vector", "tagged" = NULL`,
    [
      model,
      vectors.map(({ pictureId }) => pictureId),
      vectors.map(({ vector }) => vector && literal(vector)),
    ],
  );
}

/** Of a picture `p`: that it could be looked at, and was not yet; $1 is the model. */
const WAITS = `p."trashedAt" IS NULL AND p."blobMissingAt" IS NULL AND p."kind" <> 'draft'
  AND NOT EXISTS (SELECT 1 FROM "PictureVector" v WHERE v."pictureId" = p."id" AND v."model" = $1)`;

/** Anyone's pictures outside the trash that have no vector of a model yet, the newest first: work for the studio itself. */
export async function listWithoutVector(
  model: string,
  count: number,
): Promise<{ id: string; ownerId: string; blob: string; mime: string }[]> {
  const { rows } = await sql(
    `SELECT p."id", p."ownerId", p."blob", p."mime" FROM "Picture" p
     WHERE ${WAITS} ORDER BY p."createdAt" DESC, p."id" DESC LIMIT $2`,
    [model, count],
  );
  return rows as { id: string; ownerId: string; blob: string; mime: string }[];
}

/** How many of an owner's pictures would be among them. */
export async function countWithoutVector(ownerId: string, model: string): Promise<number> {
  const { rows } = await sql(
    `SELECT count(*)::int AS n FROM "Picture" p WHERE p."ownerId" = $2 AND ${WAITS}`,
    [model, ownerId],
  );
  return Number(rows[0]!.n);
}

/** Pictures that could not be opened wait again: their originals are back. */
export async function forgetUnseen(pictureId: string): Promise<void> {
  await sql(`DELETE FROM "PictureVector" WHERE "pictureId" = $1 AND "vector" IS NULL`, [pictureId]);
}

/** By model: how many of the owner's pictures outside the trash have its vector, the most first. */
export async function countSeen(ownerId: string): Promise<{ model: string; count: number }[]> {
  const { rows } = await sql(
    `SELECT v."model", count(v."vector")::int AS count
     FROM "PictureVector" v JOIN "Picture" p ON p."id" = v."pictureId"
     WHERE v."ownerId" = $1 AND p."trashedAt" IS NULL GROUP BY v."model" ORDER BY 2 DESC, 1`,
    [ownerId],
  );
  return rows as { model: string; count: number }[];
}

/** The vectors of those of these pictures that are the owner's and have one. */
export async function readVectors(
  ownerId: string,
  model: string,
  pictureIds: readonly string[],
): Promise<Map<string, Float32Array>> {
  const { rows } = await sql(
    `SELECT "pictureId", "vector"::text AS vector FROM "PictureVector"
     WHERE "ownerId" = $1 AND "model" = $2 AND "vector" IS NOT NULL AND "pictureId" = ANY($3::uuid[])`,
    [ownerId, model, pictureIds],
  );
  return new Map(
    rows.map((row) => [String(row.pictureId), Float32Array.from(JSON.parse(String(row.vector)) as number[])]),
  );
}

/** How many vectors of a model an owner has. */
export async function countVectors(ownerId: string, model: string): Promise<number> {
  const { rows } = await sql(
    `SELECT count(*)::int AS n FROM "PictureVector"
     WHERE "ownerId" = $1 AND "model" = $2 AND "vector" IS NOT NULL`,
    [ownerId, model],
  );
  return Number(rows[0]!.n);
}

/**
 * The owner's pictures outside the trash that are nearest to a vector, the nearest first: `count` of them, or all there
 * are.
 * @param within only these, where they are given.
 */
export async function findNearest(
  ownerId: string,
  model: string,
  vector: Float32Array,
  count: number,
  { mostCompared = USUAL.mostCompared, within }: { mostCompared?: number; within?: readonly string[] } = {},
): Promise<NearPicture[]> {
  checkModel(model);
  if (!UUID.test(ownerId)) return [];
  // A graph would find the nearest of all, of which none may be among them.
  if (within) return compareAll({ ownerId, model, vector, count }, within);
  const isMany = (await hasGraph(ownerId, model)) && (await hasMore(ownerId, model, mostCompared));
  return (isMany ? askGraph : compareAll)({ ownerId, model, vector, count });
}

/** Whether an owner has more than so many rows of a model; counts no further. */
async function hasMore(ownerId: string, model: string, count: number): Promise<boolean> {
  const { rows } = await sql(
    `SELECT EXISTS (SELECT 1 FROM "PictureVector" WHERE "ownerId" = $1 AND "model" = $2 OFFSET $3) AS "is"`,
    [ownerId, model, count],
  );
  return rows[0]!.is === true;
}

interface Search {
  readonly ownerId: string;
  readonly model: string;
  readonly vector: Float32Array;
  readonly count: number;
}

/** Adding 0 keeps the planner from asking a graph; the inner query, from measuring twice. */
async function compareAll(
  { ownerId, model, vector, count }: Search,
  within: readonly string[] | null = null,
): Promise<NearPicture[]> {
  const { rows } = await sql(
    `SELECT near."pictureId", 1 - near.distance AS similarity FROM (
       SELECT v."pictureId", (v."vector" <=> $3::vector) + 0 AS distance
       FROM "PictureVector" v JOIN "Picture" p ON p."id" = v."pictureId"
       WHERE v."ownerId" = $1 AND v."model" = $2 AND v."vector" IS NOT NULL AND p."trashedAt" IS NULL
         AND ($5::uuid[] IS NULL OR v."pictureId" = ANY($5::uuid[]))
       ORDER BY distance, v."pictureId" LIMIT $4
     ) near ORDER BY near.distance, near."pictureId"`,
    [ownerId, model, literal(vector), count, within],
  );
  return rows as unknown as NearPicture[];
}

/** The condition must be the graph's to the letter, so that the planner sees that it holds. */
function askGraph({ ownerId, model, vector, count }: Search): Promise<NearPicture[]> {
  const width = vector.length;
  return sqlTransaction(async (run) => {
    await run(`SET LOCAL hnsw.ef_search = ${Math.max(EF_SEARCH, count)}`);
    // What is in the trash does not count, and others take its place.
    await run("SET LOCAL hnsw.iterative_scan = strict_order");
    const { rows } = await run(
      `SELECT v."pictureId", 1 - (v."vector"::vector(${width}) <=> $1::vector(${width})) AS similarity
       FROM "PictureVector" v JOIN "Picture" p ON p."id" = v."pictureId"
       WHERE v."ownerId" = '${ownerId}' AND v."model" = '${model}' AND p."trashedAt" IS NULL
       ORDER BY v."vector"::vector(${width}) <=> $1::vector(${width}) LIMIT $2`,
      [literal(vector), count],
    );
    return rows as unknown as NearPicture[];
  });
}

/**
 * Builds the owner's graph where there are enough vectors for one, and none yet. Later vectors join it by themselves.
 * @param width of the vectors. @returns whether it was built.
 */
export async function growGraph(
  ownerId: string,
  model: string,
  width: number,
  { graphFrom } = USUAL,
): Promise<boolean> {
  checkModel(model);
  if (!UUID.test(ownerId) || (await countVectors(ownerId, model)) < graphFrom) return false;
  if (await hasGraph(ownerId, model)) return false;
  await sql(
    `CREATE INDEX IF NOT EXISTS "${graphName(ownerId, model)}" ON "PictureVector"
     USING hnsw (("vector"::vector(${Math.trunc(width)})) vector_cosine_ops)
     WHERE "ownerId" = '${ownerId}' AND "model" = '${model}'`,
  );
  return true;
}

async function hasGraph(ownerId: string, model: string): Promise<boolean> {
  const { rows } = await sql(`SELECT to_regclass($1) IS NOT NULL AS "is"`, [
    `"${graphName(ownerId, model)}"`,
  ]);
  return rows[0]!.is === true;
}

/** Names of indexes are short. */
const graphName = (ownerId: string, model: string): string =>
  `PictureVector_graph_${createHash("sha256").update(`${ownerId} ${model}`).digest("hex").slice(0, 32)}`;

function checkModel(model: string): void {
  if (!MODEL.test(model)) throw new RangeError(`${model} is no name of a model`);
}
