import { env } from "../env";
import { isSigned, sign } from "./signature";

/** Keeps a guest's identity in the browser. */
export const GUEST_COOKIE = "mosaiq-guest";

const PURPOSE = "guest-cookie";

/** The longest life that browsers grant a cookie. */
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60;

/** `id.epoch.signature`: unreadable secrets are not in it, and nobody can make one for another's id. */
export function sealGuest(guest: { id: string; sessionEpoch: number }): string {
  const claim = `${guest.id}.${guest.sessionEpoch}`;
  return `${claim}.${sign(PURPOSE, claim)}`;
}

/** The guest that a cookie names, or null when the cookie was not made here. */
export function openGuest(value: string | undefined): { id: string; sessionEpoch: number } | null {
  const [id, epoch, signature, ...rest] = (value ?? "").split(".");
  if (!id || !epoch || !signature || rest.length > 0) return null;
  if (!isSigned(PURPOSE, `${id}.${epoch}`, signature)) return null;
  return { id, sessionEpoch: Number(epoch) };
}

/** Attributes of the guest's cookie; scripts can't read it, other sites' forms don't send it. */
export function guestCookieOptions() {
  return {
    httpOnly: true,
    sameSite: "lax" as const,
    secure: servedOverHttps(),
    path: "/",
    maxAge: MAX_AGE_SECONDS,
  };
}

/** Whether people reach the app by https, so that cookies may insist on it. */
export function servedOverHttps(): boolean {
  return env().NEXTAUTH_URL?.startsWith("https://") ?? false;
}
