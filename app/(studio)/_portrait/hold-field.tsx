"use client";

import { Select, Text } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { PhotoTrait } from "@/lib/drawing/photo-trait.input";

interface HoldFieldProps {
  /** What the model can hold, by the ControlNets that are installed. */
  traits: readonly PhotoTrait[];
  /** null: what suits best. */
  value: PhotoTrait | null;
  onChange: (trait: PhotoTrait | null) => void;
}

const AUTOMATIC = "automatic";

/** What of the photo is held on to; a choice only where there is one. */
export function HoldField({ traits, value, onChange }: HoldFieldProps) {
  const t = useTranslations("create.portrait.hold");
  const [only, ...more] = traits;
  if (only === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t.rich("nothing", { link: (text) => <Link href="/models">{text}</Link> })}
      </Text>
    );
  if (more.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("only", { trait: t(`trait.${only}`) })}
      </Text>
    );
  const chosen = value !== null && traits.includes(value) ? value : AUTOMATIC;
  return (
    <Select
      label={t("title")}
      allowDeselect={false}
      value={chosen}
      data={[
        { value: AUTOMATIC, label: t("automatic") },
        ...traits.map((trait) => ({ value: trait, label: t(`trait.${trait}`) })),
      ]}
      onChange={(name) => onChange(traits.find((trait) => trait === name) ?? null)}
    />
  );
}
