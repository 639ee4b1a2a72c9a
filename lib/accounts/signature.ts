import { createHmac, timingSafeEqual } from "node:crypto";
import { secrets } from "../env";

/**
 * Proves that this installation made a claim. The purpose is signed along: what was made for one passes for no other.
 * @returns base64url.
 */
export const sign = (purpose: string, claim: string): string =>
  createHmac("sha256", secrets().nextAuthSecret).update(`${purpose}:${claim}`).digest("base64url");

export function isSigned(purpose: string, claim: string, given: string): boolean {
  const [expected, bytes] = [Buffer.from(sign(purpose, claim)), Buffer.from(given)];
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}
