"use client";

import { Button, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { DrawForm } from "./draw-form";

interface SeedNoteProps {
  values: Pick<DrawForm, "variation" | "variationSeed" | "options">;
  onChange: (some: Partial<DrawForm>) => void;
}

/** Says that pictures are bound to one that was drawn before, where they are: by its seed, or as variations of it. */
export function SeedNote({ values, onChange }: SeedNoteProps) {
  const t = useTranslations("create.draw.bound");
  const { variation, options } = values;
  if (variation === 0 && options.seed === null) return null;
  const seed = options.seed === null ? t("some") : `${options.seed}`;
  return (
    <Text size="sm" c="dimmed" mt="sm" role="status">
      {variation > 0 ? t("varied", { percent: Math.round(variation * 100), seed }) : t("seeded", { seed })}{" "}
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => onChange({ variation: 0, variationSeed: null, options: { ...options, seed: null } })}
      >
        {t("free")}
      </Button>
    </Text>
  );
}
