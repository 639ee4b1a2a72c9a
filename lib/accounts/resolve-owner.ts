import { findUser } from "../db/users";
import { GUEST_COOKIE, openGuest } from "./guest-cookie";
import { type Owner, ownerFromRow, type ReadCookie } from "./owner";
import { readSession } from "./session-token";

/**
 * Whose request this is, by its cookies: the session's account, else the guest, else null. The epoch is
 * compared with the database every time, so that signing out everywhere counts at once.
 */
export async function resolveOwner(readCookie: ReadCookie): Promise<Owner | null> {
  return (await resolveAccount(readCookie)) ?? (await resolveGuest(readCookie));
}

/** The account whose session the request carries. */
export async function resolveAccount(readCookie: ReadCookie): Promise<Owner | null> {
  const session = await readSession(readCookie);
  return session ? liveOwner(session.userId, session.sessionEpoch, "account") : null;
}

/** The guest whose cookie the request carries, also beside a session. */
export async function resolveGuest(readCookie: ReadCookie): Promise<Owner | null> {
  const guest = openGuest(readCookie(GUEST_COOKIE));
  // A guest's cookie never opens an account, not even the one that the guest's row became.
  return guest ? liveOwner(guest.id, guest.sessionEpoch, "guest") : null;
}

async function liveOwner(id: string, sessionEpoch: number, kind: Owner["kind"]): Promise<Owner | null> {
  const row = await findUser(id);
  if (!row || row.sessionEpoch !== sessionEpoch) return null;
  const owner = ownerFromRow(row);
  return owner.kind === kind ? owner : null;
}
