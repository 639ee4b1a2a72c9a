import { db, type Login, Prisma, type User } from "./client";

/** The user whom a sign-in at another provider opens. */
export async function findUserByLogin(provider: string, providerAccountId: string): Promise<User | null> {
  const login = await db().login.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    include: { user: true },
  });
  return login?.user ?? null;
}

/** Lets a sign-in at another provider open the user's account; false when it opens another's already. */
export async function insertLogin(
  userId: string,
  provider: string,
  providerAccountId: string,
): Promise<boolean> {
  try {
    await db().login.create({ data: { userId, provider, providerAccountId } });
    return true;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return false;
    throw error;
  }
}

/** The providers at which a user can sign in. */
export function listLogins(userId: string): Promise<Login[]> {
  return db().login.findMany({ where: { userId }, orderBy: { provider: "asc" } });
}
