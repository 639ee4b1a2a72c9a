import { z } from "zod";
import { freeText, oneLine } from "./plain-text";

/** Digits with an optional leading +; spaces, dots, dashes and brackets are for people and are dropped. */
const phoneNumber = oneLine(40)
  .refine((number) => number.trim() !== "", "required")
  .refine((number) => /^\+?[0-9*#]{2,}$/.test(dialled(number)), "phone");

export const emailForm = z.object({
  address: oneLine(254)
    .refine((address) => address !== "", "required")
    .refine((address) => /^[^\s@]+@[^\s@]+$/.test(address), "email"),
  subject: oneLine(200),
  body: freeText(2000),
});
export type EmailForm = z.infer<typeof emailForm>;

export const phoneForm = z.object({ number: phoneNumber });
export type PhoneForm = z.infer<typeof phoneForm>;

export const smsForm = z.object({ number: phoneNumber, message: freeText(1000) });
export type SmsForm = z.infer<typeof smsForm>;

/** The number as it is dialled. */
export function dialled(number: string): string {
  return number.replace(/[\s().\-/\u2010-\u2015]/g, "");
}

/**
 * `mailto:` with subject and body percent-encoded and line breaks as CRLF.
 * @source RFC 6068
 */
export function buildEmail({ address, subject, body }: EmailForm): string {
  const at = address.lastIndexOf("@");
  const to = `${encodeURIComponent(address.slice(0, at))}@${encodeURIComponent(address.slice(at + 1))}`;
  const fields = [
    ["subject", subject],
    ["body", body.replace(/\r\n|\r|\n/g, "\r\n")],
  ] as const;
  const query = fields
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  return `mailto:${to}${query ? `?${query}` : ""}`;
}

/** `tel:` with the dialled number; `#` would start a fragment, so it is percent-encoded. @source RFC 3966 */
export const buildPhone = ({ number }: PhoneForm): string => `tel:${dialled(number).replaceAll("#", "%23")}`;

/** `SMSTO:number:message`, the form that phone cameras know; all after the second colon is the message. */
export const buildSms = ({ number, message }: SmsForm): string => `SMSTO:${dialled(number)}:${message}`;
