import { z } from "zod";
import { freeText, oneLine } from "./plain-text";

/** A contact card; only one of the names is needed. */
export const contactForm = z
  .object({
    firstName: oneLine(80),
    lastName: oneLine(80),
    organisation: oneLine(120),
    jobTitle: oneLine(120),
    phone: oneLine(40),
    email: oneLine(254),
    website: oneLine(500),
    address: freeText(300),
    note: freeText(500),
  })
  .refine((form) => `${form.firstName}${form.lastName}`.trim() !== "", {
    path: ["firstName"],
    message: "required",
  });
export type ContactForm = z.infer<typeof contactForm>;

const escapeValue = (value: string): string => value.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");

/** Family name first and no space between, where the name is written that way. */
function fullName({ firstName, lastName }: ContactForm): string {
  const eastAsian = /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]+$/u;
  const [first, last] = [firstName.trim(), lastName.trim()];
  if (eastAsian.test(first + last)) return last + first;
  return [first, last].filter(Boolean).join(" ");
}

/**
 * A vCard 3.0 with CRLF line ends and empty fields left out. Lines are not folded: a code has no line length,
 * and every fold would cost three bytes of it.
 * @source RFC 2426
 */
export function buildContact(form: ContactForm): string {
  const lines: [name: string, value: string][] = [
    ["N", `${escapeValue(form.lastName)};${escapeValue(form.firstName)};;;`],
    ["FN", escapeValue(fullName(form))],
    ["ORG", escapeValue(form.organisation)],
    ["TITLE", escapeValue(form.jobTitle)],
    ["TEL;TYPE=CELL", escapeValue(form.phone)],
    ["EMAIL", escapeValue(form.email)],
    ["URL", form.website],
    ["ADR", form.address === "" ? "" : `;;${escapeValue(form.address)};;;;`],
    ["NOTE", escapeValue(form.note)],
  ];
  const filled = lines.filter(([, value]) => value !== "").map(([name, value]) => `${name}:${value}`);
  return ["BEGIN:VCARD", "VERSION:3.0", ...filled, "END:VCARD", ""].join("\r\n");
}
