"use client";

import { IconBrush, IconScale, IconWorld } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { LEVELS, type Level } from "@/lib/qr/jury/levels";
import { ChoiceCards } from "./choice-cards";
import { Section } from "./section";

const ICONS: Record<Level, typeof IconBrush> = { art: IconBrush, balanced: IconScale, everywhere: IconWorld };

/** How widely the code must be readable, in a person's words. */
export function LevelPanel({ level, onChange }: { level: Level; onChange: (level: Level) => void }) {
  const t = useTranslations("levels");
  return (
    <Section title={t("title")}>
      <ChoiceCards
        legend={t("title")}
        layout="rows"
        value={level}
        onChange={onChange}
        choices={LEVELS.map((name) => {
          const Icon = ICONS[name];
          return {
            value: name,
            label: t(`${name}.name`),
            text: t(`${name}.text`),
            media: <Icon size={26} stroke={1.6} aria-hidden />,
          };
        })}
      />
    </Section>
  );
}
