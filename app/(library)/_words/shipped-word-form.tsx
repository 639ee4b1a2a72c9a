"use client";

import { Button, Group, Stack, Text } from "@mantine/core";
import { IconTagPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { WordView } from "@/lib/words/show-words";
import { CareControl } from "./care-control";
import type { WordChange } from "./words-api";

interface FormProps {
  words: readonly WordView[];
  shown: WordView;
  onChange: (change: WordChange) => void;
  onAddUnder: (word: WordView) => void;
}

/** What one may want of a word that the studio knows by itself; each choice counts at once. */
export function ShippedWordForm({ words, shown, onChange, onAddUnder }: FormProps) {
  const t = useTranslations("words");
  const isBroad = words.some(({ within }) => within === shown.word);
  const switchAll = (isOff: boolean) => onChange({ isOff, withNarrower: true });
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t("shipped")}
      </Text>
      <CareControl value={shown.care} onChange={(care) => onChange({ care })} />
      {isBroad ? (
        <Group gap="xs">
          <Button variant="default" onClick={() => switchAll(true)}>
            {t("allOff")}
          </Button>
          <Button variant="default" onClick={() => switchAll(false)}>
            {t("allOn")}
          </Button>
        </Group>
      ) : null}
      <Button
        variant="light"
        leftSection={<IconTagPlus size={18} stroke={1.8} aria-hidden />}
        onClick={() => onAddUnder(shown)}
      >
        {t("addUnder")}
      </Button>
    </Stack>
  );
}
