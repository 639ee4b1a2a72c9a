import { GUEST_COOKIE, sealGuest } from "@/lib/accounts/guest-cookie";
import type { Owner } from "@/lib/accounts/owner";
import { sealSession, sessionCookieName } from "@/lib/accounts/session-token";

/** The cookie header of someone's browser. */
export async function cookieOf(owner: Owner): Promise<string> {
  return owner.kind === "guest"
    ? `${GUEST_COOKIE}=${sealGuest(owner)}`
    : `${sessionCookieName()}=${await sealSession({ userId: owner.id, sessionEpoch: owner.sessionEpoch })}`;
}

type Handler = (request: Request, context: { params: Promise<never> }) => Promise<Response>;

/** Calls a route handler as the server would, for someone's browser or for a first visit. */
export async function call(
  handler: Handler,
  owner: Owner | null,
  address: string,
  {
    params = {},
    headers = {},
    ...init
  }: RequestInit & { params?: object; headers?: Record<string, string> } = {},
): Promise<Response> {
  const cookie = owner ? { cookie: await cookieOf(owner) } : {};
  // Node's fetch asks for this with a streamed body.
  const request = new Request(`http://localhost:3000${address}`, {
    ...{ ...init, duplex: "half" },
    headers: { ...cookie, ...headers },
  } as RequestInit);
  return handler(request, { params: Promise.resolve(params) as Promise<never> });
}
