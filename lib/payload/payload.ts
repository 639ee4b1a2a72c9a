import type { z } from "zod";
import { buildContact, contactForm } from "./contact";
import { buildEmail, buildPhone, buildSms, emailForm, phoneForm, smsForm } from "./message";
import { buildText, textForm } from "./plain-text";
import { buildWifi, wifiForm } from "./wifi";

/** What a code can say, in the order in which people ask for it. */
export const PAYLOAD_KINDS = ["text", "wifi", "contact", "email", "phone", "sms"] as const;
export type PayloadKind = (typeof PAYLOAD_KINDS)[number];

/** The form that belongs to each kind; every schema takes the fields as typed, untrimmed. */
export const PAYLOAD_FORMS = {
  text: textForm,
  wifi: wifiForm,
  contact: contactForm,
  email: emailForm,
  phone: phoneForm,
  sms: smsForm,
} as const;

export type PayloadForms = { [K in PayloadKind]: z.infer<(typeof PAYLOAD_FORMS)[K]> };

const BUILDERS: { [K in PayloadKind]: (form: PayloadForms[K]) => string } = {
  text: buildText,
  wifi: buildWifi,
  contact: buildContact,
  email: buildEmail,
  phone: buildPhone,
  sms: buildSms,
};

/** Empty forms, to start from. */
export const EMPTY_FORMS: PayloadForms = {
  text: { text: "" },
  wifi: { ssid: "", password: "", security: "WPA", hidden: false },
  contact: {
    firstName: "",
    lastName: "",
    organisation: "",
    jobTitle: "",
    phone: "",
    email: "",
    website: "",
    address: "",
    note: "",
  },
  email: { address: "", subject: "", body: "" },
  phone: { number: "" },
  sms: { number: "", message: "" },
};

/** Field name → what is wrong with it, as a key for the screen. */
export type PayloadProblems = Readonly<Record<string, string>>;
export type Payload = { ok: true; text: string } | { ok: false; problems: PayloadProblems };

/** Checks the form of a kind and writes the exact text for the code, or says which fields are not right. */
export function buildPayload<K extends PayloadKind>(kind: K, form: PayloadForms[K]): Payload {
  const parsed = PAYLOAD_FORMS[kind].safeParse(form);
  if (parsed.success) return { ok: true, text: BUILDERS[kind](parsed.data as PayloadForms[K]) };
  const problems: Record<string, string> = {};
  for (const issue of parsed.error.issues) problems[String(issue.path[0] ?? "")] ??= issue.message;
  return { ok: false, problems };
}
