import { db, type Share } from "./client";
import { UUID } from "./uuid";

/** What a link shows: one of the two. */
export type SharedThing = { albumId: string } | { pictureId: string };

export type NewShare = SharedThing & {
  ownerId: string;
  tokenHash: string;
  passwordHash: string | null;
  withOriginals: boolean;
  expiresAt: Date | null;
};

/** The album or the picture is the owner's, or the database refuses. */
export function insertShare(share: NewShare): Promise<Share> {
  return db().share.create({ data: share });
}

/** The owner's links to one thing that still open it, the newest first. */
export function listShareRows(ownerId: string, thing: SharedThing, now: Date): Promise<Share[]> {
  return db().share.findMany({
    where: { ownerId, ...thing, ...live(now) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

/** @returns false when the link isn't the owner's; one that is revoked already stays so. */
export async function revokeShareRow(ownerId: string, id: string, now: Date): Promise<boolean> {
  if (!UUID.test(id)) return false;
  const { count } = await db().share.updateMany({
    where: { id, ownerId, revokedAt: null },
    data: { revokedAt: now },
  });
  return count === 1 || (await db().share.count({ where: { id, ownerId } })) === 1;
}

/** The link with this token, unless it is revoked, has run out, or what it shows lies in the trash. */
export function findLiveShare(
  tokenHash: string,
  now: Date,
): Promise<(Share & { album: { title: string } | null; picture: { title: string } | null }) | null> {
  return db().share.findFirst({
    where: {
      ...{ tokenHash, ...live(now) },
      AND: { OR: [{ pictureId: null }, { picture: { trashedAt: null } }] },
    },
    include: { album: { select: { title: true } }, picture: { select: { title: true } } },
  });
}

const live = (now: Date) => ({
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
});
