import { db, sql } from "./client";

/** Which request: its owner, their API key, and what it is called. */
export interface AnswerName {
  readonly ownerId: string;
  readonly keyId: string;
  readonly name: string;
}

/**
 * Takes a request that nobody answers and nobody answered. Of several at once exactly one gets it.
 * @param claim names the run that will answer, a UUID.
 * @returns false where another run has it, or had it and its answer is kept.
 */
export async function claimAnswer(
  { ownerId, keyId, name }: AnswerName,
  fingerprint: string,
  claim: string,
  forMs: number,
): Promise<boolean> {
  const { rows } = await sql(
    `INSERT INTO "KeptAnswer" AS kept ("ownerId", "keyId", "name", "fingerprint", "claim", "until")
     VALUES ($1::uuid, $2::uuid, $3, $4, $5::uuid, now() + $6 * interval '1 millisecond')
     ON CONFLICT ("ownerId", "keyId", "name") DO UPDATE
       SET "fingerprint" = EXCLUDED."fingerprint", "claim" = EXCLUDED."claim", "answer" = NULL, "until" = EXCLUDED."until"
       WHERE kept."until" < now()
     RETURNING "claim"`,
    [ownerId, keyId, name, fingerprint, claim, forMs],
  );
  return rows.length > 0;
}

/** What was asked under a name, and how it was answered: null while it is being answered. */
export const findAnswer = (
  which: AnswerName,
): Promise<{ fingerprint: string; answer: string | null } | null> =>
  db().keptAnswer.findUnique({
    where: { ownerId_keyId_name: which },
    select: { fingerprint: true, answer: true },
  });

/** Keeps a claim for another while, where it is still this run's. */
export async function renewAnswer(which: AnswerName, claim: string, forMs: number): Promise<void> {
  await setAnswer(which, claim, null, forMs);
}

/** Keeps the answer, where the claim is still this run's. */
export async function keepAnswer(
  which: AnswerName,
  claim: string,
  answer: string,
  forMs: number,
): Promise<void> {
  await setAnswer(which, claim, answer, forMs);
}

async function setAnswer(
  { ownerId, keyId, name }: AnswerName,
  claim: string,
  answer: string | null,
  forMs: number,
): Promise<void> {
  // A claim is renewed while its answer is on its way: what has been answered stays so.
  await sql(
    `UPDATE "KeptAnswer" SET "answer" = $5, "until" = now() + $6 * interval '1 millisecond'
     WHERE "ownerId" = $1::uuid AND "keyId" = $2::uuid AND "name" = $3 AND "claim" = $4::uuid AND "answer" IS NULL`,
    [ownerId, keyId, name, claim, answer, forMs],
  );
}

/** Forgets a request that may be asked anew, where the claim is still this run's. */
export async function dropAnswer(which: AnswerName, claim: string): Promise<void> {
  await db().keptAnswer.deleteMany({ where: { ...which, claim } });
}

/** Forgets what counts no more; returns how many rows. */
export async function deleteAnswersOver(): Promise<number> {
  const { rows } = await sql(`DELETE FROM "KeptAnswer" WHERE "until" < now() RETURNING 1`);
  return rows.length;
}
