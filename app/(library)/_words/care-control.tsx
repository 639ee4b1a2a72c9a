"use client";

import { Input, SegmentedControl, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { WordView } from "@/lib/words/show-words";
import { CARES } from "@/lib/words/word-limits";

interface CareProps {
  value: WordView["care"];
  onChange: (care: WordView["care"]) => void;
}

/** How sure one must be of a word before a picture gets it. */
export function CareControl({ value, onChange }: CareProps) {
  const t = useTranslations("words");
  return (
    <div>
      <Input.Label component="div">{t("care")}</Input.Label>
      <SegmentedControl
        fullWidth
        mt={4}
        aria-label={t("care")}
        value={value}
        data={CARES.map((care) => ({ value: care, label: t(`cares.${care}`) }))}
        onChange={(care) => onChange(care as WordView["care"])}
      />
      <Text size="sm" c="dimmed" mt={6}>
        {t(`caresText.${value}`)}
      </Text>
    </div>
  );
}
