import { z } from "zod";
import { findTerminalOwner } from "@/lib/accounts/find-terminal-owner";
import { GUEST_COOKIE, sealGuest } from "@/lib/accounts/guest-cookie";
import { sealSession, sessionCookieName } from "@/lib/accounts/session-token";
import { isTerminalKey } from "@/lib/accounts/terminal-key";
import { AppError } from "@/lib/errors";
import { readJson } from "../_body";
import { route } from "../_route";

const asked = z.object({ email: z.email().nullable() });

/**
 * Lets a command on this machine in: `{email}` with this installation's key → `{cookie}`, to be sent with what it asks for.
 * To everybody else it does not exist.
 */
export const POST = route(async ({ request }) => {
  const [, key = ""] = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
  if (!isTerminalKey(key)) throw new AppError("not_found");
  const owner = await findTerminalOwner(asked.parse(await readJson(request)).email);
  const cookie =
    owner.kind === "guest"
      ? `${GUEST_COOKIE}=${sealGuest(owner)}`
      : `${sessionCookieName()}=${await sealSession({ userId: owner.id, sessionEpoch: owner.sessionEpoch })}`;
  return Response.json({ cookie }, { headers: { "Cache-Control": "private, no-store" } });
});
