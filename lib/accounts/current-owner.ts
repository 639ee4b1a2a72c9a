import { cookies, headers } from "next/headers";
import { AppError } from "../errors";
import { clientAddress } from "./client-address";
import { GUEST_COOKIE, guestCookieOptions, sealGuest } from "./guest-cookie";
import { makeGuest } from "./make-guest";
import type { Owner } from "./owner";
import { resolveOwner } from "./resolve-owner";

/** Whose page or action this is, or null for a first visit; writes nothing, so pages may call it. */
export async function currentOwner(): Promise<Owner | null> {
  const jar = await cookies();
  return resolveOwner((name) => jar.get(name)?.value);
}

/**
 * The owner for something that is about to be kept: where there is none a guest is made and their cookie set.
 * For server actions and route handlers only: pages can't set cookies.
 */
export async function requireOwner(): Promise<Owner> {
  const owner = await currentOwner();
  if (owner) return owner;
  const guest = await makeGuest(clientAddress(await headers()));
  (await cookies()).set(GUEST_COOKIE, sealGuest(guest), guestCookieOptions());
  return guest;
}

/**
 * The signed-in account.
 * @throws AppError not_signed_in for guests and first visits.
 */
export async function requireAccount(): Promise<Owner> {
  const owner = await currentOwner();
  if (owner?.kind !== "account") throw new AppError("not_signed_in");
  return owner;
}
