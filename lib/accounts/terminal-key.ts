import { createHmac, timingSafeEqual } from "node:crypto";
import { secrets } from "../env";

/**
 * What a command on the app's own machine shows to act for someone who uses it: whoever can read this installation's secrets
 * can make it, and could make anyone's session, too.
 */
export const terminalKey = (): string =>
  createHmac("sha256", secrets().nextAuthSecret).update("terminal").digest("base64url");

export function isTerminalKey(given: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(terminalKey())];
  return a.length === b.length && timingSafeEqual(a, b);
}
