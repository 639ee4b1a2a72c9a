import { HTTPS_ALONE } from "./post-safely";

/** Why an end was not heard; `off`: its key's owner wanted none told. Screens have words for each. */
export type WebhookFault =
  | "refused"
  | "slow"
  | "private"
  | "open"
  | "unknown"
  | "unreachable"
  | "certificate"
  | "off";

/** Names that nobody has, or that nobody could be asked about. */
const NAMELESS = new Set(["ENOTFOUND", "EAI_AGAIN", "ENODATA"]);
const UNTRUSTED = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** What an error of `postSafely` means for whoever typed the address. */
export function webhookFault(error: unknown): WebhookFault {
  const { name, code = "", message } = error as NodeJS.ErrnoException;
  if (code === HTTPS_ALONE) return "open";
  if (name === "AbortError" || name === "TimeoutError" || code === "ETIMEDOUT") return "slow";
  if (message.includes("is not allowed")) return "private";
  if (NAMELESS.has(code)) return "unknown";
  return UNTRUSTED.test(code) ? "certificate" : "unreachable";
}
