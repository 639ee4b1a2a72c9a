import { decode, encode } from "next-auth/jwt";
import { secrets } from "../env";
import { servedOverHttps } from "./guest-cookie";
import type { ReadCookie } from "./owner";

/** How long a session lasts that nobody ends. */
export const SESSION_MAX_AGE_SECONDS = 90 * 24 * 60 * 60;

/** The session cookie's name, as next-auth chooses it: the prefix makes browsers insist on https. */
export function sessionCookieName(): string {
  return servedOverHttps() ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/** What a session says: who, and under which epoch it was opened. */
export interface SessionClaims {
  userId: string;
  sessionEpoch: number;
}

/** The request's session, if it has one that was made here and has not run out. */
export async function readSession(readCookie: ReadCookie): Promise<SessionClaims | null> {
  const token = readCookie(sessionCookieName());
  if (!token) return null;
  try {
    const claims = await decode({ token, secret: secrets().nextAuthSecret });
    if (typeof claims?.sub !== "string" || typeof claims.epoch !== "number") return null;
    return { userId: claims.sub, sessionEpoch: claims.epoch };
  } catch {
    // Forged, run out, or sealed with a secret that has been replaced: the same as no session.
    return null;
  }
}

/** A session's cookie value, exactly as next-auth would make it. */
export function sealSession(claims: SessionClaims): Promise<string> {
  return encode({
    token: { sub: claims.userId, epoch: claims.sessionEpoch },
    secret: secrets().nextAuthSecret,
    maxAge: SESSION_MAX_AGE_SECONDS,
  });
}
