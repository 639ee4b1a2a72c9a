"use client";

import { Button, SegmentedControl, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ASPECTS } from "@/lib/drawing/drawing.input";
import { Section } from "../_form/section";
import type { DrawForm } from "./draw-form";
import { SeedNote } from "./seed-note";

const COUNTS = ["1", "2", "4", "8"];

interface ShapePanelProps {
  values: DrawForm;
  onChange: (some: Partial<DrawForm>) => void;
}

/** In which shape, and how many. */
export function ShapePanel({ values, onChange }: ShapePanelProps) {
  const t = useTranslations("create.draw");
  const { picture, size, aspect, sheet, count } = values;
  return (
    <Section title={t("shape.title")}>
      <SegmentedControl
        fullWidth
        disabled={picture !== null || size !== null}
        aria-label={t("shape.title")}
        value={aspect}
        data={ASPECTS.map((value) => ({ value, label: t(`shape.${value}`) }))}
        onChange={(shape) => onChange({ aspect: shape })}
      />
      {size === null ? null : (
        <Text size="sm" c="dimmed" mt="sm" role="status">
          {t("size.instead", { width: `${size.width}`, height: `${size.height}` })}{" "}
          <Button size="compact-sm" variant="subtle" onClick={() => onChange({ size: null })}>
            {t("size.byShape")}
          </Button>
        </Text>
      )}
      <Text size="sm" fw={600} mt="md" mb={6}>
        {t("count")}
      </Text>
      <SegmentedControl
        fullWidth
        aria-label={t("count")}
        disabled={sheet !== null}
        value={String(count)}
        data={COUNTS}
        onChange={(chosen) => onChange({ count: Number(chosen) })}
      />
      <SeedNote values={values} onChange={onChange} />
    </Section>
  );
}
