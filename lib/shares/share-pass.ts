import { servedOverHttps } from "../accounts/guest-cookie";
import { isSigned, sign } from "../accounts/signature";

/** What a pass is made for: a link and its password. */
interface Locked {
  id: string;
  passwordHash: string | null;
}

/** The cookie that a browser keeps once the link's password was given. */
export const sharePassName = (id: string): string => `mosaiq-share-${id}`;

const PURPOSE = "share-pass";
const claimOf = ({ id, passwordHash }: Locked): string => `${id}:${passwordHash}`;

export const sealSharePass = (share: Locked): string => sign(PURPOSE, claimOf(share));

export const isSharePass = (share: Locked, value: string | undefined): boolean =>
  isSigned(PURPOSE, claimOf(share), value ?? "");

/** It lasts as long as the browser is open. */
export function sharePassOptions() {
  return { httpOnly: true, sameSite: "lax" as const, secure: servedOverHttps(), path: "/" };
}
