import { sql } from "./client";

/**
 * Takes the work for a while, or keeps it for another while; by the database's clock, so that machines whose own clocks
 * differ agree.
 * @param holder names the process, a UUID.
 * @returns whether it is this holder's now; false while another's time runs.
 */
export async function takeLease(name: string, holder: string, forMs: number): Promise<boolean> {
  const { rows } = await sql(
    `INSERT INTO "Lease" ("name", "holder", "until") VALUES ($1, $2::uuid, now() + $3 * interval '1 millisecond')
     ON CONFLICT ("name") DO UPDATE SET "holder" = EXCLUDED."holder", "until" = EXCLUDED."until"
       WHERE "Lease"."holder" = EXCLUDED."holder" OR "Lease"."until" < now()
     RETURNING "name"`,
    [name, holder, forMs],
  );
  return rows.length > 0;
}

/** Gives the work back before its time, where it is this holder's. */
export async function dropLease(name: string, holder: string): Promise<void> {
  await sql(`DELETE FROM "Lease" WHERE "name" = $1 AND "holder" = $2::uuid`, [name, holder]);
}

/** Takes the work from whoever has it: for those who know that they are gone. */
export async function clearLease(name: string): Promise<void> {
  await sql(`DELETE FROM "Lease" WHERE "name" = $1`, [name]);
}
