"use client";

import { Chip, Group, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { inkOnClay } from "../_form/ink-on-clay";
import { Section } from "../_form/section";
import { MOST_WHO_CHARACTERS, type PortraitForm, WHO, type Who } from "./portrait-form";

type Part = Pick<PortraitForm, "who" | "whoWords">;

/** Who or what is in the photo: a cat that is asked for as a person becomes one. */
export function WhoPanel({ who, whoWords, onChange }: Part & { onChange: (some: Partial<Part>) => void }) {
  const t = useTranslations("create.portrait.who");
  return (
    <Section title={t("title")} hint={t("hint")}>
      <Chip.Group value={who} onChange={(name) => onChange({ who: name as Who })}>
        <Group gap="xs" role="radiogroup" aria-label={t("title")}>
          {WHO.map((name) => (
            <Chip key={name} value={name} vars={inkOnClay}>
              {t(name)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {who === "own" ? (
        <TextInput
          mt="sm"
          aria-label={t("words")}
          placeholder={t("example")}
          maxLength={MOST_WHO_CHARACTERS}
          value={whoWords}
          onChange={(event) => onChange({ whoWords: event.currentTarget.value })}
        />
      ) : null}
    </Section>
  );
}
