import { db, type ModelPull, Prisma } from "./client";
import { UUID } from "./uuid";

/** Pulls that somebody still has to do with. */
const UNFINISHED = ["queued", "running", "paused", "failed"] as const;

/** Those that wait, run, rest or failed, in the order in which they were asked for. */
export function listUnfinishedPulls(): Promise<ModelPull[]> {
  return db().modelPull.findMany({
    where: { state: { in: [...UNFINISHED] } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/** @returns the new row; null where the same is being fetched already. */
export async function insertPull(source: string): Promise<ModelPull | null> {
  try {
    return await db().modelPull.create({ data: { source } });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return null;
    throw error;
  }
}

export function findPull(id: string): Promise<ModelPull | null> {
  return UUID.test(id) ? db().modelPull.findUnique({ where: { id } }) : Promise.resolve(null);
}

export function findUnfinishedPull(source: string): Promise<ModelPull | null> {
  return db().modelPull.findFirst({ where: { source, state: { in: [...UNFINISHED] } } });
}

/** The one to do next: what runs without anybody doing it was left by a process that is gone. Only for the lease's holder. */
export async function takeNextPull(): Promise<ModelPull | null> {
  const next = await db().modelPull.findFirst({
    where: { state: { in: ["running", "queued"] } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  if (!next) return null;
  const taken = await movePull(next.id, ["running", "queued"], { state: "running" });
  return taken ? { ...next, state: "running" } : null;
}

/** What a pull's row may become. */
export type PullChange = Partial<
  Pick<ModelPull, "state" | "receivedBytes" | "totalBytes" | "errorCode"> & {
    errorDetails: Prisma.InputJsonValue;
  }
>;

/** @returns false where it is in none of the states `from` any more. */
export async function movePull(
  id: string,
  from: readonly ModelPull["state"][],
  change: PullChange,
): Promise<boolean> {
  const { count } = await db().modelPull.updateMany({
    where: { id, state: { in: [...from] } },
    data: change,
  });
  return count === 1;
}
