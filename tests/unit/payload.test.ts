import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildContact, type ContactForm } from "@/lib/payload/contact";
import { buildEmail, buildPhone, buildSms } from "@/lib/payload/message";
import { buildPayload, EMPTY_FORMS } from "@/lib/payload/payload";
import { buildWifi, WIFI_SECURITY } from "@/lib/payload/wifi";

/** One printable line of any script, with the characters that the formats must escape more often than by chance. */
const line = (maxLength: number) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom("\\", ";", ",", ":", '"', "&", "?", "#", "%", "@", "+", "=", " ", "名", "é", "😀"),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
      ),
      { maxLength },
    )
    .map((parts) => parts.join("").replace(/\p{Cc}/gu, ""));
const text = fc
  .array(fc.oneof(line(6), fc.constantFrom("\n", "\r\n")), { maxLength: 8 })
  .map((parts) => parts.join(""));

/** Splits at separators that no backslash precedes and takes the backslashes away: what a reader does. */
function splitEscaped(value: string, separator: string): string[] {
  const fields = [""];
  for (let i = 0; i < value.length; i++) {
    const character = value[i]!;
    const last = fields.length - 1;
    if (character === "\\") {
      const next = value[++i]!;
      fields[last] += next === "n" ? "\n" : next;
    } else if (character === separator) fields.push("");
    else fields[last] += character;
  }
  return fields;
}

describe("wifi", () => {
  test("is written as phones read it", () => {
    expect(buildWifi({ ssid: "Café; bar", password: 'a:b\\"c"', security: "WPA", hidden: true })).toBe(
      'WIFI:T:WPA;S:Café\\; bar;P:a\\:b\\\\\\"c\\";H:true;;',
    );
    expect(buildWifi({ ssid: "open", password: "left over", security: "nopass", hidden: false })).toBe(
      "WIFI:T:nopass;S:open;;",
    );
  });

  test("every field comes back", () => {
    const form = fc.record({
      ssid: line(32),
      password: line(63),
      security: fc.constantFrom(...WIFI_SECURITY),
      hidden: fc.boolean(),
    });
    fc.assert(
      fc.property(form, (wifi) => {
        const payload = buildWifi(wifi);
        expect(payload.startsWith("WIFI:")).toBe(true);
        const fields = splitEscaped(payload.slice(5), ";");
        expect(fields.slice(-2)).toEqual(["", ""]);
        const read = new Map(fields.slice(0, -2).map((f) => [f.slice(0, 1), f.slice(2)]));
        expect(read.get("S")).toBe(wifi.ssid);
        expect(read.get("T")).toBe(wifi.security);
        expect(read.get("P")).toBe(wifi.security === "nopass" ? undefined : wifi.password);
        expect(read.get("H")).toBe(wifi.hidden ? "true" : undefined);
      }),
    );
  });
});

describe("contact card", () => {
  const empty = EMPTY_FORMS.contact;

  test("leaves empty fields out and ends every line with CRLF", () => {
    const card = buildContact({
      ...empty,
      firstName: "Ada",
      lastName: "Lovelace",
      phone: "+44 20 7946 0000",
    });
    expect(card).toBe(
      "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lovelace;Ada;;;\r\nFN:Ada Lovelace\r\nTEL;TYPE=CELL:+44 20 7946 0000\r\nEND:VCARD\r\n",
    );
  });

  test("a Chinese name stands family name first without a space", () => {
    expect(buildContact({ ...empty, firstName: "小明", lastName: "王" })).toContain("\r\nFN:王小明\r\n");
  });

  test("every field comes back", () => {
    const form: fc.Arbitrary<ContactForm> = fc.record({
      firstName: line(12),
      lastName: line(12),
      organisation: line(12),
      jobTitle: line(12),
      phone: line(12),
      email: line(12),
      website: line(12),
      address: text,
      note: text,
    });
    fc.assert(
      fc.property(form, (contact) => {
        const lines = buildContact(contact).split("\r\n");
        expect(lines[0]).toBe("BEGIN:VCARD");
        expect(lines.slice(-2)).toEqual(["END:VCARD", ""]);
        const read = new Map(
          lines.slice(1, -2).map((l) => [l.slice(0, l.indexOf(":")), l.slice(l.indexOf(":") + 1)]),
        );
        const value = (name: string) => splitEscaped(read.get(name) ?? "", ";");
        const lineFeeds = (s: string) => s.replaceAll("\r\n", "\n");
        expect(value("N")).toEqual([contact.lastName, contact.firstName, "", "", ""]);
        expect(value("ORG")).toEqual([contact.organisation]);
        expect(value("TITLE")).toEqual([contact.jobTitle]);
        expect(value("TEL;TYPE=CELL")).toEqual([contact.phone]);
        expect(value("EMAIL")).toEqual([contact.email]);
        expect(read.get("URL") ?? "").toBe(contact.website);
        expect(value("ADR")[2] ?? "").toBe(lineFeeds(contact.address));
        expect(value("NOTE")).toEqual([lineFeeds(contact.note)]);
      }),
    );
  });
});

describe("e-mail, phone and SMS", () => {
  test("an e-mail comes back from its URL", () => {
    const form = fc.record({ local: line(10), host: fc.domain(), subject: line(20), body: text });
    fc.assert(
      fc.property(form, ({ local, host, subject, body }) => {
        const address = `${local}@${host}`;
        const url = new URL(buildEmail({ address, subject, body }));
        expect(url.protocol).toBe("mailto:");
        expect(decodeURIComponent(url.pathname)).toBe(address);
        // URLSearchParams would read a plus as a space; in mailto: it is a plus
        const query = new Map(
          url.search
            .slice(1)
            .split("&")
            .map((pair) => pair.split("=", 2).map(decodeURIComponent) as [string, string]),
        );
        expect(query.get("subject") ?? "").toBe(subject);
        expect(query.get("body") ?? "").toBe(body.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n"));
      }),
    );
  });

  test("numbers lose what only people need", () => {
    expect(buildPhone({ number: "+86 (10) 8888-8888" })).toBe("tel:+861088888888");
    expect(buildPhone({ number: "*100#" })).toBe("tel:*100%23");
  });

  test("a text message keeps its colons", () => {
    fc.assert(
      fc.property(text, (message) => {
        const [scheme, number, ...rest] = buildSms({ number: "+1 555 0100", message }).split(":");
        expect([scheme, number]).toEqual(["SMSTO", "+15550100"]);
        expect(rest.join(":")).toBe(message);
      }),
    );
  });
});

describe("buildPayload", () => {
  test("text is exactly what was typed", () => {
    const typed = fc.string({ unit: "binary", minLength: 1 });
    fc.assert(
      fc.property(typed, (text) => {
        expect(buildPayload("text", { text })).toEqual({ ok: true, text });
      }),
    );
  });

  test.each([
    ["text", { text: "" }, { text: "required" }],
    ["text", { text: "\ud800" }, { text: "not_encodable" }],
    ["text", { text: "x".repeat(8001) }, { text: "too_long" }],
    ["wifi", EMPTY_FORMS.wifi, { ssid: "required", password: "required" }],
    ["wifi", { ...EMPTY_FORMS.wifi, ssid: "home" }, { password: "required" }],
    ["wifi", { ...EMPTY_FORMS.wifi, ssid: "a\nb", password: "x" }, { ssid: "one_line" }],
    ["contact", EMPTY_FORMS.contact, { firstName: "required" }],
    ["contact", { ...EMPTY_FORMS.contact, firstName: "  " }, { firstName: "required" }],
    ["email", { ...EMPTY_FORMS.email, address: "nobody" }, { address: "email" }],
    ["email", EMPTY_FORMS.email, { address: "required" }],
    ["phone", { number: "call me" }, { number: "phone" }],
    ["phone", EMPTY_FORMS.phone, { number: "required" }],
    ["sms", { number: "", message: "hi" }, { number: "required" }],
  ] as const)("%s %j says what is wrong", (kind, form, problems) => {
    expect(buildPayload(kind, form as never)).toEqual({ ok: false, problems });
  });

  test("an open network needs no password", () => {
    const open = { ...EMPTY_FORMS.wifi, ssid: "guests", security: "nopass" as const };
    expect(buildPayload("wifi", open)).toEqual({ ok: true, text: "WIFI:T:nopass;S:guests;;" });
  });
});
