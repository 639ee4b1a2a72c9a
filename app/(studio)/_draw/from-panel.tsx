"use client";

import { Switch } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { MOST_CONTROL_WEIGHT } from "@/lib/drawing/control.input";
import { PartSlider } from "../_create/part-slider";
import { Section } from "../_form/section";
import type { DrawForm } from "./draw-form";

interface FromPanelProps {
  values: Pick<DrawForm, "strength" | "followsLines" | "lineWeight">;
  /** Whether there is a ControlNet for lines that goes with the model. */
  canFollow: boolean;
  /** The brush over the picture. */
  children: ReactNode;
  onChange: (some: Partial<DrawForm>) => void;
}

/** What is kept of the picture that is begun with. */
export function FromPanel({ values, canFollow, children, onChange }: FromPanelProps) {
  const t = useTranslations("create.draw.from");
  const { strength, followsLines, lineWeight } = values;
  return (
    <Section title={t("title")}>
      <PartSlider
        label={t("strength")}
        ends={[t("least"), t("most")]}
        min={0.05}
        value={strength}
        onChange={(part) => onChange({ strength: part })}
      />
      <Switch
        mb="md"
        label={t("lines")}
        description={canFollow ? null : t("noLines")}
        checked={followsLines}
        onChange={(event) => onChange({ followsLines: event.currentTarget.checked })}
      />
      {followsLines ? (
        <PartSlider
          label={t("lineWeight")}
          ends={[t("loosely"), t("closely")]}
          max={MOST_CONTROL_WEIGHT}
          value={lineWeight}
          onChange={(weight) => onChange({ lineWeight: weight })}
        />
      ) : null}
      {children}
    </Section>
  );
}
