import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDatabase, databaseKind, db, sql } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { countVectors, findNearest, growGraph, saveVectors } from "@/lib/db/vectors";
import { forgetEnv } from "@/lib/env";
import { percentile } from "../kit/table";

const [MODEL, WIDTH, COUNT] = ["bench/512@1", 512, 20];
/** What people's pictures are: a few hundred subjects, each again and again. */
const [SUBJECTS, SPREAD] = [400, 0.6];
const [QUERIES, WARM_UPS, BATCH] = [60, 5, 1_000];

export interface VectorSpeed {
  readonly database: "embedded" | "server";
  /** Vectors of the one who searches, and of others. */
  readonly own: number;
  readonly others: number;
  readonly way: "all compared" | "graph";
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Share of the 20 nearest, by comparing all, that are found. */
  readonly recall: number;
  /** The fewest that a search gave back. */
  readonly fewest: number;
  /** Of the graph. */
  readonly buildSeconds: number | null;
}

/**
 * How long a search takes in one owner's many vectors among those of many others.
 * @param server a PostgreSQL server's database, which must be empty; null for the embedded one, in a folder of its own.
 */
export async function measureVectors(
  server: string | null,
  { own, others }: { own: number; others: number },
): Promise<VectorSpeed[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "mosaiq-bench-vectors-"));
  process.env.DATA_DIR = folder;
  if (server) process.env.DATABASE_URL = server;
  else delete process.env.DATABASE_URL;
  forgetEnv();
  try {
    await migrate();
    const random = mulberry32(1);
    const subjects = Array.from({ length: SUBJECTS }, () => unit(random));
    const me = await fill(own, others, () => near(subjects[Math.floor(random() * SUBJECTS)]!, random));
    const queries = Array.from({ length: QUERIES + WARM_UPS }, (_, i) => near(subjects[i]!, random));
    const facts = { database: databaseKind(), own, others };
    const exact = await ask(me, queries, Number.MAX_SAFE_INTEGER);
    const began = performance.now();
    await growGraph(me, MODEL, WIDTH, { mostCompared: 0, graphFrom: 0 });
    const buildSeconds = (performance.now() - began) / 1000;
    const graph = await ask(me, queries, 0);
    return [
      { ...facts, way: "all compared", ...describe(exact, exact), buildSeconds: null },
      { ...facts, way: "graph", ...describe(graph, exact), buildSeconds },
    ];
  } finally {
    await closeDatabase();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the one who searches. */
async function fill(own: number, others: number, next: () => Float32Array): Promise<string> {
  const me = await addPerson();
  await addVectors(me, own, next);
  // Others' are never compared: copies of a few make the table as large as it would be.
  const other = await addPerson();
  const seed = Math.min(others, BATCH);
  await addVectors(other, seed, next);
  for (let done = seed; done < others; done += seed) await copyVectors(other, Math.min(seed, others - done));
  await sql(`ANALYZE "Picture"; ANALYZE "PictureVector"`);
  if ((await countVectors(me, MODEL)) !== own) throw new Error("not every vector was kept");
  return me;
}

const addPerson = async (): Promise<string> => (await db().user.create({ data: {} })).id;

async function addVectors(ownerId: string, count: number, next: () => Float32Array): Promise<void> {
  for (let done = 0; done < count; done += BATCH) {
    const ids = Array.from({ length: Math.min(BATCH, count - done) }, () => randomUUID());
    await sql(
      `INSERT INTO "Picture" ("id", "ownerId", "kind", "blob", "mime", "sizeBytes", "width", "height")
       SELECT id, $1, 'upload', id::text, 'image/jpeg', 1, 4, 3 FROM unnest($2::uuid[]) AS n(id)`,
      [ownerId, ids],
    );
    await saveVectors(
      MODEL,
      ids.map((pictureId) => ({ pictureId, vector: next() })),
    );
  }
}

/** Pictures of another person each thousand, with vectors that somebody has. */
async function copyVectors(from: string, count: number): Promise<void> {
  await sql(
    `WITH taken AS (
       SELECT gen_random_uuid() AS id, "vector" FROM "PictureVector"
       WHERE "ownerId" = $1 AND "model" = $3 LIMIT $4
     ), kept AS (
       INSERT INTO "Picture" ("id", "ownerId", "kind", "blob", "mime", "sizeBytes", "width", "height")
       SELECT id, $2, 'upload', id::text, 'image/jpeg', 1, 4, 3 FROM taken RETURNING "id"
     )
     INSERT INTO "PictureVector" ("pictureId", "ownerId", "model", "vector")
     SELECT taken.id, $2, $3, taken."vector" FROM taken JOIN kept ON kept."id" = taken.id`,
    [from, await addPerson(), MODEL, count],
  );
}

interface Answer {
  readonly ms: number;
  readonly ids: readonly string[];
}

async function ask(me: string, queries: readonly Float32Array[], mostCompared: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const query of queries) {
    const began = performance.now();
    const found = await findNearest(me, MODEL, query, COUNT, { mostCompared });
    answers.push({ ms: performance.now() - began, ids: found.map(({ pictureId }) => pictureId) });
  }
  return answers.slice(WARM_UPS);
}

function describe(answers: readonly Answer[], exact: readonly Answer[]) {
  const times = answers.map(({ ms }) => ms);
  const hits = answers.map(({ ids }, i) => exact[i]!.ids.filter((id) => ids.includes(id)).length);
  return {
    ...{ p50Ms: percentile(times, 50), p95Ms: percentile(times, 95) },
    recall: hits.reduce((sum, each) => sum + each, 0) / (COUNT * answers.length),
    fewest: Math.min(...answers.map(({ ids }) => ids.length)),
  };
}

function near(subject: Float32Array, random: () => number): Float32Array {
  const noise = unit(random);
  return normalized(subject.map((value, i) => value + SPREAD * noise[i]!));
}

const unit = (random: () => number): Float32Array =>
  normalized(Float32Array.from({ length: WIDTH }, () => gaussian(random)));

const gaussian = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function normalized(row: Float32Array): Float32Array {
  const length = Math.hypot(...row);
  return row.map((value) => value / length);
}

/** @source https://gist.github.com/tommyettinger/46a874533244883189143505d203312c, public domain */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
