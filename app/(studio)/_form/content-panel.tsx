"use client";

import { Tabs } from "@mantine/core";
import { IconAddressBook, IconLink, IconMail, IconMessage, IconPhone, IconWifi } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PAYLOAD_KINDS, type PayloadKind } from "@/lib/payload/payload";
import { ContentField } from "./content-field";
import { CONTENT_FIELDS, type Field } from "./content-fields";
import classes from "./content-panel.module.css";
import { Section } from "./section";
import type { StudioFormState } from "./use-studio-form";

const ICONS: Record<PayloadKind, typeof IconLink> = {
  text: IconLink,
  wifi: IconWifi,
  contact: IconAddressBook,
  email: IconMail,
  phone: IconPhone,
  sms: IconMessage,
};

/** From here on a code needs so many modules that the picture suffers visibly. */
const LONG_TEXT_BYTES = 90;

/** What the code says: a tab for each kind of content, with its form. */
export function ContentPanel({ studio }: { studio: StudioFormState }) {
  const t = useTranslations("studio.content");
  const { form, payload, setKind } = studio;
  const long = payload.ok && new TextEncoder().encode(payload.text).length > LONG_TEXT_BYTES;
  return (
    <Section title={t("title")}>
      <Tabs
        value={form.kind}
        onChange={(kind) => setKind(kind as PayloadKind)}
        variant="pills"
        keepMounted={false}
      >
        <Tabs.List aria-label={t("title")} className={classes.kinds}>
          {PAYLOAD_KINDS.map((kind) => {
            const Icon = ICONS[kind];
            return (
              <Tabs.Tab key={kind} value={kind} leftSection={<Icon size={20} stroke={1.7} aria-hidden />}>
                {t(`kinds.${kind}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        {PAYLOAD_KINDS.map((kind) => (
          <Tabs.Panel key={kind} value={kind} pt="md">
            <KindForm kind={kind} studio={studio} />
          </Tabs.Panel>
        ))}
      </Tabs>
      {long ? <p className={classes.long}>{t("long")}</p> : null}
    </Section>
  );
}

function KindForm<K extends PayloadKind>({ kind, studio }: { kind: K; studio: StudioFormState }) {
  const { form, payload, setField } = studio;
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const values = form.forms[kind] as Record<string, string | boolean>;
  const fields: readonly Field<K>[] = CONTENT_FIELDS[kind];
  return (
    <div className={classes.fields}>
      {fields.map((field) => (
        <div key={field.name} className={field.half ? classes.half : classes.whole}>
          <ContentField
            field={field}
            value={values[field.name] ?? ""}
            problem={payload.ok || !touched.has(field.name) ? null : (payload.problems[field.name] ?? null)}
            // An empty form is not scolded: a field complains once it has been left.
            onLeave={() => setTouched((before) => new Set(before).add(field.name))}
            onChange={(value) => setField(kind, { [field.name]: value } as never)}
          />
        </div>
      ))}
    </div>
  );
}
