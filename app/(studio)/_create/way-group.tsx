"use client";

import { NumberInput, Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { familyUses, usesNegativePrompt } from "@/lib/drawing/family-settings";
import { familyOf } from "@/lib/drawing/fits-model";
import { usualSettings } from "@/lib/drawing/usual-settings";
import { a1111Names } from "@/lib/engine/schedulers/a1111-names";
import { type SamplerName, samplers } from "@/lib/engine/schedulers/registry";
import { SeedField } from "../_form/seed-field";
import { AdvancedGroup } from "./advanced-group";
import type { AdvancedProps } from "./model-group";
import { NegativeField } from "./negative-field";

/** How it goes about it. */
export function WayGroup({ options, models, onChange }: AdvancedProps) {
  const t = useTranslations("create.advanced");
  const family = familyOf(models, options.model);
  const usual = usualSettings(models, options);
  const { schedules } = samplers[options.sampler ?? usual.sampler];
  return (
    <AdvancedGroup title={t("groups.way")}>
      <NegativeField
        value={options.negativePrompt}
        isUsed={usesNegativePrompt(family, options.guidance ?? usual.guidance)}
        onChange={(negativePrompt) => onChange({ negativePrompt })}
      />
      <NumberInput
        label={t("steps")}
        placeholder={`${usual.steps}`}
        min={1}
        max={100}
        allowDecimal={false}
        value={options.steps ?? ""}
        onChange={(value) => onChange({ steps: numberOr(value) })}
      />
      <NumberInput
        label={t("guidance")}
        placeholder={`${usual.guidance}`}
        min={0}
        max={30}
        step={0.5}
        decimalScale={2}
        value={options.guidance ?? ""}
        onChange={(value) => onChange({ guidance: numberOr(value) })}
      />
      <Select
        label={t("sampler")}
        placeholder={samplers[usual.sampler].label}
        clearable
        data={Object.entries(samplers).map(([value, { label }]) => ({ value, label }))}
        value={options.sampler}
        onChange={(value) => {
          const sampler = value as SamplerName | null;
          const { schedule } = options;
          // A schedule that the sampler lacks would be refused.
          const isKept = schedule !== null && samplers[sampler ?? usual.sampler].schedules.includes(schedule);
          onChange({ sampler, schedule: isKept ? schedule : null });
        }}
      />
      {schedules.length > 1 || options.schedule !== null ? (
        <Select
          label={t("schedule")}
          description={t("scheduleText")}
          placeholder={t("ownSchedule")}
          clearable
          data={schedules.map((value) => ({ value, label: a1111Names("euler", value).schedule }))}
          value={options.schedule}
          error={options.schedule !== null && !schedules.includes(options.schedule) && t("scheduleUnfit")}
          onChange={(schedule) => onChange({ schedule })}
        />
      ) : null}
      {familyUses(family, "clipSkip") || options.clipSkip !== null ? (
        <NumberInput
          label={t("clipSkip")}
          description={t("clipSkipText")}
          placeholder={t("own")}
          min={1}
          max={4}
          allowDecimal={false}
          value={options.clipSkip ?? ""}
          onChange={(value) => onChange({ clipSkip: numberOr(value) })}
        />
      ) : null}
      <SeedField
        label={t("seed")}
        placeholder={t("anySeed")}
        roll={t("roll")}
        value={options.seed}
        onChange={(seed) => onChange({ seed })}
      />
    </AdvancedGroup>
  );
}

const numberOr = (value: string | number): number | null => (typeof value === "number" ? value : null);
