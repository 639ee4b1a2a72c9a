import type { PayloadForms, PayloadKind } from "@/lib/payload/payload";

type FieldName<K extends PayloadKind> = Extract<keyof PayloadForms[K], string>;

/** How one field of a content form is shown; `label` is its message key under `studio.content.fields`. */
export interface Field<K extends PayloadKind> {
  readonly name: FieldName<K>;
  readonly label: FieldLabel;
  readonly input: "line" | "lines" | "password" | "security" | "switch";
  readonly autoComplete?: string;
  readonly inputMode?: "url" | "tel" | "email";
  /** Half a row wide where there is room. */
  readonly half?: true;
}

export type FieldLabel =
  | "text"
  | "ssid"
  | "password"
  | "security"
  | "hidden"
  | "firstName"
  | "lastName"
  | "organisation"
  | "jobTitle"
  | "phone"
  | "emailAddress"
  | "website"
  | "postalAddress"
  | "note"
  | "subject"
  | "body"
  | "number"
  | "message";

/** The content forms, in reading order. */
export const CONTENT_FIELDS: { readonly [K in PayloadKind]: readonly Field<K>[] } = {
  text: [{ name: "text", label: "text", input: "lines", inputMode: "url" }],
  wifi: [
    { name: "ssid", label: "ssid", input: "line" },
    { name: "password", label: "password", input: "password" },
    { name: "security", label: "security", input: "security", half: true },
    { name: "hidden", label: "hidden", input: "switch", half: true },
  ],
  contact: [
    { name: "firstName", label: "firstName", input: "line", autoComplete: "given-name", half: true },
    { name: "lastName", label: "lastName", input: "line", autoComplete: "family-name", half: true },
    { name: "phone", label: "phone", input: "line", autoComplete: "tel", inputMode: "tel", half: true },
    {
      name: "email",
      label: "emailAddress",
      input: "line",
      autoComplete: "email",
      inputMode: "email",
      half: true,
    },
    { name: "organisation", label: "organisation", input: "line", autoComplete: "organization", half: true },
    { name: "jobTitle", label: "jobTitle", input: "line", autoComplete: "organization-title", half: true },
    { name: "website", label: "website", input: "line", autoComplete: "url", inputMode: "url" },
    { name: "address", label: "postalAddress", input: "lines", autoComplete: "street-address" },
    { name: "note", label: "note", input: "lines" },
  ],
  email: [
    { name: "address", label: "emailAddress", input: "line", autoComplete: "email", inputMode: "email" },
    { name: "subject", label: "subject", input: "line" },
    { name: "body", label: "body", input: "lines" },
  ],
  phone: [{ name: "number", label: "number", input: "line", autoComplete: "tel", inputMode: "tel" }],
  sms: [
    { name: "number", label: "number", input: "line", autoComplete: "tel", inputMode: "tel" },
    { name: "message", label: "message", input: "lines" },
  ],
};
