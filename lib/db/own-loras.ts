import { db, type OwnLora, Prisma } from "./client";
import { UUID } from "./uuid";

export type NewLora = Pick<
  OwnLora,
  "id" | "ownerId" | "title" | "sizeBytes" | "sha256" | "family" | "triggerWords"
>;

/** @returns `present` where the owner has the same bytes already, `full` where they have `most` LoRAs. */
export async function insertOwnLora(lora: NewLora, most: number): Promise<OwnLora | "present" | "full"> {
  try {
    return await db().$transaction(async (tx) => {
      // Two uploads at once must not both find the last place.
      await tx.$queryRaw`SELECT "id" FROM "User" WHERE "id" = ${lora.ownerId}::uuid FOR UPDATE`;
      const count = await tx.ownLora.count({ where: { ownerId: lora.ownerId } });
      return count < most ? tx.ownLora.create({ data: lora }) : "full";
    });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return "present";
    throw error;
  }
}

/** The newest first. */
export function listOwnLoraRows(ownerId: string): Promise<OwnLora[]> {
  return db().ownLora.findMany({ where: { ownerId }, orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
}

export async function findOwnLora(ownerId: string, id: string): Promise<OwnLora | null> {
  return UUID.test(id) ? db().ownLora.findFirst({ where: { id, ownerId } }) : null;
}

export function findOwnLoraByHash(ownerId: string, sha256: string): Promise<OwnLora | null> {
  return db().ownLora.findUnique({ where: { ownerId_sha256: { ownerId, sha256 } } });
}

/** @returns false where it is not the owner's. */
export async function deleteOwnLora(ownerId: string, id: string): Promise<boolean> {
  if (!UUID.test(id)) return false;
  const { count } = await db().ownLora.deleteMany({ where: { id, ownerId } });
  return count === 1;
}

/** Which of these are somebody's. */
export async function knownLoraIds(ids: readonly string[]): Promise<Set<string>> {
  const rows = await db().ownLora.findMany({
    where: { id: { in: ids.filter((id) => UUID.test(id)) } },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}
