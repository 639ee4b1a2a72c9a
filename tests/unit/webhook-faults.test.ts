import { expect, test } from "vitest";
import { webhookFault } from "@/lib/public-api/webhook-faults";

const error = (code: string) => Object.assign(new Error("no"), { code });

test.each([
  ["ENOTFOUND", "unknown"],
  ["ECONNREFUSED", "unreachable"],
  ["ECONNRESET", "unreachable"],
  ["ETIMEDOUT", "slow"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate"],
  ["CERT_HAS_EXPIRED", "certificate"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate"],
  ["EPROTO", "unreachable"],
])("%s is told as %s", (code, fault) => {
  expect(webhookFault(error(code))).toBe(fault);
});

test("patience that ended is told as such", () => {
  expect(webhookFault(new DOMException("", "TimeoutError"))).toBe("slow");
  expect(webhookFault(new DOMException("", "AbortError"))).toBe("slow");
});
