import { moveAlbumsTo } from "./albums";
import { db, Prisma, type Transaction, type User } from "./client";
import { moveDailyUsesTo } from "./daily-uses";
import { moveVocabularyTo } from "./vocabulary";

/** A new guest: a user's row without an e-mail. */
export function insertGuest(): Promise<User> {
  return db().user.create({ data: {} });
}

export function findUser(id: string): Promise<User | null> {
  return db().user.findUnique({ where: { id } });
}

/** Whether the user has an account; guests have none. */
export async function isAccount(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.user.count({ where: { id, email: { not: null } } })) === 1;
}

/** @param email in the form in which it is kept: trimmed and lower case. */
export function findUserByEmail(email: string): Promise<User | null> {
  return db().user.findUnique({ where: { email } });
}

/** Those with an account, or those without who have something here; at most `count`. */
export function listUsers(kind: "accounts" | "guests", count: number): Promise<User[]> {
  const where: Prisma.UserWhereInput =
    kind === "accounts" ? { email: { not: null } } : { email: null, pictures: { some: {} } };
  return db().user.findMany({ where, orderBy: { createdAt: "asc" }, take: count });
}

/** What makes a user's row an account. */
export interface AccountFields {
  email: string;
  name?: string | null;
  passwordHash?: string | null;
}

/**
 * Makes an account: fills in the guest's row where one is named and still a guest's, else a new row.
 * @param login a sign-in at another provider that opens the account from now on.
 * @returns null when another account has the e-mail (or the sign-in) already.
 */
export async function saveAccount(
  guestId: string | null,
  fields: AccountFields,
  login?: { provider: string; providerAccountId: string },
): Promise<User | null> {
  try {
    return await db().$transaction(async (tx) => {
      const user = await fillOrInsert(tx, guestId, fields);
      if (login) await tx.login.create({ data: { ...login, userId: user.id } });
      return { ...user, isOperator: await becomesOperator(tx, user.id) };
    });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return null;
    throw error;
  }
}

/** Whether somebody was the first to make an account, and it is still there. */
export const hasFirstAccount = async (): Promise<boolean> =>
  (await db().user.count({ where: { isOperator: true, email: { not: null } }, take: 1 })) > 0;

/** The first account looks after the place: the only one there is, when it is made. */
async function becomesOperator(tx: Transaction, id: string): Promise<boolean> {
  // One after the other: of two that are made at once, the second one counts the first.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('first-account'))`;
  const count = await tx.$executeRaw`
    UPDATE "User" SET "isOperator" = true
    WHERE "id" = ${id}::uuid AND (SELECT count(*) FROM "User" WHERE "email" IS NOT NULL) = 1`;
  return count === 1;
}

async function fillOrInsert(tx: Transaction, guestId: string | null, fields: AccountFields): Promise<User> {
  if (guestId) {
    // The number rises: the guest's cookie must not open the account.
    const filled = await tx.user.updateMany({
      where: { id: guestId, email: null },
      data: { ...fields, sessionEpoch: { increment: 1 } },
    });
    if (filled.count === 1) return tx.user.findUniqueOrThrow({ where: { id: guestId } });
  }
  return tx.user.create({ data: fields });
}

/** Keeps a new password's hash and ends every session that was opened under the old one. */
export function updatePassword(id: string, passwordHash: string): Promise<User> {
  return db().user.update({ where: { id }, data: { passwordHash, sessionEpoch: { increment: 1 } } });
}

/** Ends every session of the user at once. */
export function raiseSessionEpoch(id: string): Promise<User> {
  return db().user.update({ where: { id }, data: { sessionEpoch: { increment: 1 } } });
}

/**
 * Gives a guest's pictures, albums, words and jobs to an account and removes the guest, in one transaction.
 * @param record notes the move beside the files, with the ranks that the albums have from then on; when that fails,
 *               nothing moves.
 * @returns how many pictures and jobs moved; zeros when the row is gone or no guest's.
 */
export function moveGuestBelongings(
  guestId: string,
  accountId: string,
  record: (albumRanks: [albumId: string, rank: string][]) => Promise<unknown>,
): Promise<{ pictures: number; jobs: number }> {
  return db().$transaction(async (tx) => {
    // Jobs are locked before the user, in the order in which a finishing job locks them. Once the guest's row
    // is locked nothing new can be added to it, so nothing is left behind when it is removed.
    await tx.$queryRaw`SELECT "id" FROM "Job" WHERE "ownerId" = ${guestId}::uuid ORDER BY "id" FOR UPDATE`;
    const guests = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "User" WHERE "id" = ${guestId}::uuid AND "email" IS NULL FOR UPDATE`;
    if (guests.length === 0 || guestId === accountId) return { pictures: 0, jobs: 0 };
    await renameClashingKeys(tx, guestId, accountId);
    const jobs = await tx.job.updateMany({ where: { ownerId: guestId }, data: { ownerId: accountId } });
    // What lies in albums names its owner beside its album and its picture; in between they disagree.
    await tx.$executeRaw`SET CONSTRAINTS ALL DEFERRED`;
    const albumRanks = await moveAlbumsTo(tx, guestId, accountId);
    await moveVocabularyTo(tx, guestId, accountId);
    await moveDailyUsesTo(tx, guestId, accountId);
    const pictures = await tx.picture.updateMany({
      where: { ownerId: guestId },
      data: { ownerId: accountId },
    });
    await tx.user.delete({ where: { id: guestId } });
    if (pictures.count + albumRanks.length > 0) await record(albumRanks);
    return { pictures: pictures.count, jobs: jobs.count };
  });
}

/** The same request made as a guest and from the account has the same key twice; both results are kept. */
async function renameClashingKeys(tx: Transaction, guestId: string, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Job" AS mine SET "idempotencyKey" = mine."idempotencyKey" || ':' || mine."id"
    WHERE mine."ownerId" = ${guestId}::uuid AND EXISTS (
      SELECT 1 FROM "Job" AS theirs
      WHERE theirs."ownerId" = ${accountId}::uuid AND theirs."idempotencyKey" = mine."idempotencyKey")`;
}
