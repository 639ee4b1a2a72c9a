import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { db, sql } from "@/lib/db/client";
import { countVectors, findNearest, growGraph, listWithoutVector, saveVectors } from "@/lib/db/vectors";
import { onBothDatabases } from "../support/databases";

const MODEL = "test/tiny@1";
const WIDTH = 16;

/** Unit vectors that a seed tells. */
function unit(seed: number): Float32Array {
  const row = Float32Array.from({ length: WIDTH }, (_, i) =>
    Math.sin(seed * 12.9898 + i * 78.233 + seed * i),
  );
  const length = Math.hypot(...row);
  return row.map((value) => value / length);
}
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

async function addPictures(ownerId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await db().picture.createMany({
    data: ids.map((id, i) => ({
      ...{ id, ownerId, kind: "upload" as const, blob: `${id}`, mime: "image/png", sizeBytes: 1 },
      ...{ width: 1, height: 1, createdAt: new Date(1_700_000_000_000 + i) },
    })),
  });
  return ids;
}

onBothDatabases("vectors of pictures", (fixture) => {
  test("are found nearest first, as many as are asked for, and the owner's alone", async () => {
    const [mine, theirs] = [await fixture.person(), await fixture.person()];
    const ids = await addPictures(mine, 50);
    const others = await addPictures(theirs, 50);
    await saveVectors(
      MODEL,
      ids.map((pictureId, i) => ({ pictureId, vector: unit(i) })),
    );
    await saveVectors(
      MODEL,
      others.map((pictureId, i) => ({ pictureId, vector: unit(i) })),
    );
    const query = unit(777);
    const expected = ids
      .map((pictureId, i) => ({ pictureId, similarity: cosine(query, unit(i)) }))
      .sort((a, b) => b.similarity - a.similarity);
    const found = await findNearest(mine, MODEL, query, 20);
    expect(found.map((row) => row.pictureId)).toEqual(expected.slice(0, 20).map((row) => row.pictureId));
    for (const [i, row] of found.entries()) expect(row.similarity).toBeCloseTo(expected[i]!.similarity, 5);
    expect(await findNearest(mine, MODEL, query, 99)).toHaveLength(50);
    expect(await findNearest(randomUUID(), MODEL, query, 20)).toEqual([]);
    expect(await findNearest("nobody", MODEL, query, 20)).toEqual([]);
    expect(await findNearest(mine, "test/other@1", query, 20)).toEqual([]);
  });

  test("of what lies in the trash are not found, of what is gone are gone, and follow a picture to another owner", async () => {
    const [guest, account] = [await fixture.person(), await fixture.person()];
    const ids = await addPictures(guest, 3);
    await saveVectors(
      MODEL,
      ids.map((pictureId, i) => ({ pictureId, vector: unit(i) })),
    );
    await db().picture.update({ where: { id: ids[0]! }, data: { trashedAt: new Date() } });
    await db().picture.delete({ where: { id: ids[1]! } });
    await db().picture.update({ where: { id: ids[2]! }, data: { ownerId: account } });
    expect(await findNearest(guest, MODEL, unit(0), 9)).toEqual([]);
    expect(await countVectors(guest, MODEL)).toBe(1);
    const [moved, ...rest] = await findNearest(account, MODEL, unit(2), 9);
    expect([moved!.pictureId, rest]).toEqual([ids[2], []]);
    await saveVectors(MODEL, [{ pictureId: ids[1]!, vector: unit(1) }]);
    expect(await findNearest(guest, MODEL, unit(1), 9)).toEqual([]);
  });

  test("are replaced, not doubled; what has none is told, the newest first", async () => {
    const owner = await fixture.person();
    const model = "test/replaced@1";
    await sql(`DELETE FROM "Picture"`);
    const ids = await addPictures(owner, 3);
    expect((await listWithoutVector(model, 9)).map(({ id }) => id)).toEqual(ids.toReversed());
    await saveVectors(model, [{ pictureId: ids[1]!, vector: unit(1) }]);
    await saveVectors(model, [{ pictureId: ids[1]!, vector: unit(5) }]);
    expect(await countVectors(owner, model)).toBe(1);
    const [found] = await findNearest(owner, model, unit(5), 1);
    expect(found!.similarity).toBeCloseTo(1, 5);
    expect((await listWithoutVector(model, 1)).map(({ id }) => id)).toEqual([ids[2]]);
  });

  test("names that could be SQL are refused", async () => {
    const owner = await fixture.person();
    for (const model of ["x' OR '1'='1", "", "a b", "'"]) {
      await expect(saveVectors(model, [])).rejects.toThrow(RangeError);
      await expect(findNearest(owner, model, unit(0), 1)).rejects.toThrow(RangeError);
      await expect(growGraph(owner, model, WIDTH)).rejects.toThrow(RangeError);
    }
  });

  test("of a large owner are found by a graph of theirs, nearly all, among many of others, trash left out", async () => {
    const [large, other] = [await fixture.person(), await fixture.person()];
    const model = "test/graph@1";
    const policy = { mostCompared: 2_000, graphFrom: 1_000 };
    // Made in the database: so many rows take long to send.
    const fill = (owner: string, count: number) =>
      sql(`WITH made AS (
          INSERT INTO "Picture" ("id", "ownerId", "kind", "blob", "mime", "sizeBytes", "width", "height", "trashedAt")
          SELECT gen_random_uuid(), '${owner}', 'upload', 'b' || i, 'image/png', 1, 1, 1,
            CASE WHEN i % 10 = 0 THEN now() END
          FROM generate_series(1, ${count}) AS i RETURNING "id", "ownerId")
        INSERT INTO "PictureVector" SELECT "id", "ownerId", '${model}',
          (SELECT array_agg(random() - 0.5) FROM generate_series(1, ${WIDTH}) WHERE "id" IS NOT NULL)::vector FROM made`);
    await fill(large, 2_500);
    await fill(other, 400);
    expect(await growGraph(other, model, WIDTH, policy)).toBe(false);
    const exact = await findNearest(large, model, unit(3), 20);
    expect(await growGraph(large, model, WIDTH, policy)).toBe(true);
    expect(await growGraph(large, model, WIDTH, policy)).toBe(false);
    const { rows } = await sql(
      `SELECT count(*)::int AS n FROM "PictureVector" v JOIN "Picture" p ON p."id" = v."pictureId"
       WHERE v."ownerId" = '${large}' AND p."trashedAt" IS NULL`,
    );
    expect(Number(rows[0]!.n)).toBeGreaterThan(2_000);
    const near = await findNearest(large, model, unit(3), 20, policy);
    expect(near).toHaveLength(20);
    // The planner did ask the graph.
    await vi.waitFor(
      async () => {
        await sql("SELECT pg_stat_force_next_flush()");
        const scans = await sql(
          `SELECT idx_scan::int AS n FROM pg_stat_user_indexes WHERE indexrelname LIKE 'PictureVector_graph_%'`,
        );
        expect(Number(scans.rows[0]!.n)).toBeGreaterThan(0);
      },
      { timeout: 5_000 },
    );
    const known = new Set(exact.map(({ pictureId }) => pictureId));
    expect(near.filter(({ pictureId }) => known.has(pictureId)).length).toBeGreaterThanOrEqual(19);
    const trashed = await db().picture.count({
      where: { id: { in: near.map(({ pictureId }) => pictureId) }, NOT: { trashedAt: null } },
    });
    expect(trashed).toBe(0);
  }, 120_000);
});
