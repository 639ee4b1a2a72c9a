import { cookies } from "next/headers";
import { servedOverHttps } from "./guest-cookie";
import type { Owner } from "./owner";
import { SESSION_MAX_AGE_SECONDS, sealSession, sessionCookieName } from "./session-token";

/**
 * Signs this browser in, for those who have just shown who they are another way than by next-auth's sign-in:
 * by signing up, or by changing their password. For server actions and route handlers.
 */
export async function startSession(owner: Owner): Promise<void> {
  const token = await sealSession({ userId: owner.id, sessionEpoch: owner.sessionEpoch });
  (await cookies()).set(sessionCookieName(), token, {
    httpOnly: true,
    sameSite: "lax",
    secure: servedOverHttps(),
    path: "/",
    maxAge: SESSION_MAX_AGE_SECONDS,
  });
}
