"use client";

import { Button, Chip, Group, MultiSelect, Text } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { MOST_OF_SHEET } from "@/lib/scenarios/portrait/portrait.job";
import { PORTRAIT_STYLES, type PortraitStyleName } from "@/lib/scenarios/portrait/portrait-styles.input";
import { inkOnClay } from "../_form/ink-on-clay";
import { Section } from "../_form/section";
import { type PortraitForm, SHEET_STRENGTHS, sheetStyles } from "./portrait-form";

type Part = Pick<PortraitForm, "style" | "sheetStyles" | "sheetStrengths">;

/** Which styles and strengths are compared: sensible ones, until somebody chooses. */
export function SheetPanel({ values, onChange }: { values: Part; onChange: (some: Partial<Part>) => void }) {
  const t = useTranslations("create.portrait.compare");
  const locale = useLocale();
  const strengthsId = useId();
  const [isOpen, setOpen] = useState(false);
  const styles = sheetStyles(values);
  const strengths = values.sheetStrengths;
  const count = styles.length * strengths.length;
  const isTooMany = count > MOST_OF_SHEET.pictures;
  return (
    <Section title={t("title")} hint={t("hint")}>
      <Text size="sm" role="status" c={isTooMany || count === 0 ? "red" : undefined}>
        {isTooMany
          ? t("tooMany", { count, most: MOST_OF_SHEET.pictures })
          : t("count", { styles: styles.length, strengths: strengths.length, count })}
      </Text>
      {isOpen ? (
        <>
          <MultiSelect
            mt="sm"
            label={t("styles")}
            maxValues={MOST_OF_SHEET.styles}
            data={PORTRAIT_STYLES.map(({ name, title }) => ({ value: name, label: title[locale] }))}
            value={[...styles]}
            onChange={(names) => onChange({ sheetStyles: names as PortraitStyleName[] })}
          />
          <Text size="sm" fw={500} mt="sm" mb={4} id={strengthsId}>
            {t("strengths")}
          </Text>
          <Chip.Group
            multiple
            value={strengths.map(String)}
            onChange={(chosen) => onChange({ sheetStrengths: chosen.map(Number).sort((a, b) => a - b) })}
          >
            <Group gap="xs" role="group" aria-labelledby={strengthsId}>
              {SHEET_STRENGTHS.map((strength) => (
                <Chip
                  key={strength}
                  value={`${strength}`}
                  vars={inkOnClay}
                  disabled={strengths.length >= MOST_OF_SHEET.strengths && !strengths.includes(strength)}
                >
                  {t("percent", { part: Math.round(strength * 100) })}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          {values.sheetStyles === null ? null : (
            <Button
              mt="sm"
              variant="subtle"
              size="compact-sm"
              onClick={() => onChange({ sheetStyles: null })}
            >
              {t("automatic")}
            </Button>
          )}
        </>
      ) : (
        <Button mt="sm" variant="default" onClick={() => setOpen(true)}>
          {t("choose")}
        </Button>
      )}
    </Section>
  );
}
