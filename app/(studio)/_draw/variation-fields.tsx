"use client";

import { NumberInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { AdvancedGroup } from "../_create/advanced-group";
import { SeedField } from "../_form/seed-field";
import type { DrawForm } from "./draw-form";

interface VariationFieldsProps {
  values: Pick<DrawForm, "variation" | "variationSeed">;
  onChange: (some: Partial<DrawForm>) => void;
}

/** Small changes of the drawing that the seed makes. */
export function VariationFields({ values, onChange }: VariationFieldsProps) {
  const t = useTranslations("create.draw.variation");
  const { variation, variationSeed } = values;
  return (
    <AdvancedGroup title={t("title")} hint={t("hint")}>
      <NumberInput
        label={t("strength")}
        min={0}
        max={1}
        step={0.05}
        decimalScale={2}
        value={variation}
        onChange={(value) => typeof value === "number" && onChange({ variation: value })}
      />
      <SeedField
        label={t("seed")}
        placeholder={t("anySeed")}
        roll={t("roll")}
        value={variationSeed}
        onChange={(seed) => onChange({ variationSeed: seed })}
      />
    </AdvancedGroup>
  );
}
