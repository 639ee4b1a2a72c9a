import { type ApiKey, db, type User } from "./client";
import { UUID } from "./uuid";

export type NewApiKey = Pick<ApiKey, "ownerId" | "name" | "hash" | "scopes" | "webhookSecret" | "expiresAt">;

/** Null when the owner has `most` keys that open something already. */
export function insertApiKey(key: NewApiKey, most: number, now: Date): Promise<ApiKey | null> {
  return db().$transaction(async (tx) => {
    // Two requests at once must not both find the last place.
    await tx.$queryRaw`SELECT "id" FROM "User" WHERE "id" = ${key.ownerId}::uuid FOR UPDATE`;
    const count = await tx.apiKey.count({ where: { ownerId: key.ownerId, ...live(now) } });
    return count < most ? tx.apiKey.create({ data: key }) : null;
  });
}

/** The owner's keys that are not revoked, the newest first; those that have run out among them. */
export function listApiKeyRows(ownerId: string): Promise<ApiKey[]> {
  return db().apiKey.findMany({
    where: { ownerId, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

/** @returns false when the key isn't the owner's; one that is revoked already stays so. */
export async function revokeApiKeyRow(ownerId: string, id: string, now: Date): Promise<boolean> {
  if (!UUID.test(id)) return false;
  const { count } = await db().apiKey.updateMany({
    where: { id, ownerId, revokedAt: null },
    data: { revokedAt: now },
  });
  return count === 1 || (await db().apiKey.count({ where: { id, ownerId } })) === 1;
}

/** The key with this hash, and whose it is, unless it is revoked or has run out. */
export function findLiveApiKey(hash: string, now: Date): Promise<(ApiKey & { owner: User }) | null> {
  return db().apiKey.findFirst({ where: { hash, ...live(now) }, include: { owner: true } });
}

/** The owner's key, unless it is revoked. */
export async function findOwnApiKey(ownerId: string, id: string): Promise<ApiKey | null> {
  return UUID.test(id) ? db().apiKey.findFirst({ where: { id, ownerId, revokedAt: null } }) : null;
}

/** @returns false when the key isn't the owner's, or is revoked. */
export async function setWebhooksOff(ownerId: string, id: string, isOff: boolean): Promise<boolean> {
  if (!UUID.test(id)) return false;
  const { count } = await db().apiKey.updateMany({
    where: { id, ownerId, revokedAt: null },
    // What was not heard before is nobody's trouble any more.
    data: { webhooksOff: isOff, failingSince: null },
  });
  return count === 1;
}

/** Notes that a key was used. */
export async function touchApiKey(id: string, now: Date): Promise<void> {
  await db().apiKey.updateMany({ where: { id }, data: { lastUsedAt: now } });
}

const live = (now: Date) => ({
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
});
