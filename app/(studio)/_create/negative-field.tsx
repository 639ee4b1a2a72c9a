"use client";

import { Button, Group, Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { hasPreset, NEGATIVE_PRESETS, togglePreset } from "@/lib/drawing/negative-presets";
import classes from "./create.module.css";

interface NegativeFieldProps {
  value: string;
  /** Whether the model looks at it at all. */
  isUsed: boolean;
  onChange: (prompt: string) => void;
}

const MOST_CHARACTERS = 2000;

/** What should not be seen, in one's own words or by tap. */
export function NegativeField({ value, isUsed, onChange }: NegativeFieldProps) {
  const t = useTranslations("create.advanced");
  // What stands there can be taken away, whoever draws.
  if (!isUsed && value === "") return null;
  return (
    <div className={classes.wide ?? ""}>
      <Textarea
        label={t("negative")}
        description={t(isUsed ? "negativeText" : "negativeUnused")}
        autosize
        maxRows={4}
        maxLength={MOST_CHARACTERS}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {isUsed ? (
        <Group gap={8} mt={8} role="group" aria-label={t("presets.title")}>
          {NEGATIVE_PRESETS.map((preset) => (
            <Button
              key={preset.name}
              size="compact-sm"
              radius="xl"
              variant={hasPreset(value, preset) ? "filled" : "default"}
              aria-pressed={hasPreset(value, preset)}
              onClick={() => onChange(togglePreset(value, preset).slice(0, MOST_CHARACTERS))}
            >
              {t(`presets.${preset.name}`)}
            </Button>
          ))}
        </Group>
      ) : null}
    </div>
  );
}
