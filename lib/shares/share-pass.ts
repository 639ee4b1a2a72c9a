import { createHmac, timingSafeEqual } from "node:crypto";
import { servedOverHttps } from "../accounts/guest-cookie";
import { secrets } from "../env";

/** What a pass is made for: a link and its password. */
interface Locked {
  id: string;
  passwordHash: string | null;
}

/** The cookie that a browser keeps once the link's password was given. */
export const sharePassName = (id: string): string => `mosaiq-share-${id}`;

export function sealSharePass({ id, passwordHash }: Locked): string {
  const claim = `share-pass:${id}:${passwordHash}`;
  return createHmac("sha256", secrets().nextAuthSecret).update(claim).digest("base64url");
}

export function isSharePass(share: Locked, value: string | undefined): boolean {
  const [expected, given] = [Buffer.from(sealSharePass(share)), Buffer.from(value ?? "")];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** It lasts as long as the browser is open. */
export function sharePassOptions() {
  return { httpOnly: true, sameSite: "lax" as const, secure: servedOverHttps(), path: "/" };
}
