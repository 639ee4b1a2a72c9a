"use client";

import { Accordion, MultiSelect, NumberInput, Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type DrawingOptions, MOST_LORAS } from "@/lib/drawing/drawing.input";
import { usesNegativePrompt } from "@/lib/drawing/family-settings";
import { familyOf, fitsFamily } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { type SamplerName, samplers } from "@/lib/engine/schedulers/registry";
import accordion from "../_form/advanced-panel.module.css";
import { SeedField } from "../_form/seed-field";
import { AdvancedGroup } from "./advanced-group";
import { NegativeField } from "./negative-field";
import { useUnfit } from "./use-unfit";

interface DrawingAdvancedProps {
  options: DrawingOptions;
  models: DrawingModels;
  onChange: (options: Partial<DrawingOptions>) => void;
  /** Groups that one page has alone. */
  children?: ReactNode;
}

/** How a model draws, closed until asked for; what is left empty is the model's own. */
export function DrawingAdvanced(props: DrawingAdvancedProps) {
  const t = useTranslations("create.advanced");
  return (
    <Accordion variant="separated" classNames={{ item: accordion.item ?? "" }} order={2}>
      <Accordion.Item value="advanced">
        <Accordion.Control>{t("title")}</Accordion.Control>
        <Accordion.Panel>
          <ModelGroup {...props} />
          <WayGroup {...props} />
          {props.children}
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

/** What it is drawn with. */
function ModelGroup({ options, models, onChange }: DrawingAdvancedProps) {
  const t = useTranslations("create.advanced");
  const familyTitle = useTranslations("models.families");
  const family = familyOf(models, options.model);
  const unfit = useUnfit(options, models);
  return (
    <AdvancedGroup title={t("groups.model")}>
      <Select
        label={t("model")}
        placeholder={models.usual ?? ""}
        clearable
        searchable
        data={models.checkpoints.map(({ id }) => id)}
        value={options.model}
        onChange={(model) => onChange({ model })}
      />
      <MultiSelect
        label={t("loras")}
        description={t("lorasText")}
        searchable
        maxValues={MOST_LORAS}
        error={unfit}
        data={models.loras.map((lora) => {
          const fits = fitsFamily(lora, family);
          const isChosen = options.loras.some(({ name }) => name === lora.id);
          const families = lora.family === null ? "" : familyTitle(lora.family);
          return {
            value: lora.id,
            label: fits ? lora.title : t("notFitting", { name: lora.title, family: families }),
            // What is chosen can be taken away again.
            disabled: !fits && !isChosen,
          };
        })}
        value={options.loras.map(({ name }) => name)}
        onChange={(names) => onChange({ loras: names.map((name) => weighed(options, name)) })}
      />
      {options.loras.map(({ name, weight }) => (
        <NumberInput
          key={name}
          label={t("weight", { name: loraOf(models, name)?.title ?? name })}
          description={loraOf(models, name)?.triggerWords.slice(0, MOST_TRIGGERS).join(", ")}
          value={weight}
          min={-2}
          max={2}
          step={0.1}
          decimalScale={2}
          onChange={(value) =>
            typeof value === "number" &&
            onChange({
              loras: options.loras.map((one) => (one.name === name ? { name, weight: value } : one)),
            })
          }
        />
      ))}
    </AdvancedGroup>
  );
}

/** How it goes about it. */
function WayGroup({ options, models, onChange }: DrawingAdvancedProps) {
  const t = useTranslations("create.advanced");
  return (
    <AdvancedGroup title={t("groups.way")}>
      <NegativeField
        value={options.negativePrompt}
        isUsed={usesNegativePrompt(familyOf(models, options.model), options.guidance)}
        onChange={(negativePrompt) => onChange({ negativePrompt })}
      />
      <NumberInput
        label={t("steps")}
        placeholder={t("own")}
        min={1}
        max={100}
        allowDecimal={false}
        value={options.steps ?? ""}
        onChange={(value) => onChange({ steps: numberOr(value) })}
      />
      <NumberInput
        label={t("guidance")}
        placeholder={t("own")}
        min={0}
        max={30}
        step={0.5}
        decimalScale={2}
        value={options.guidance ?? ""}
        onChange={(value) => onChange({ guidance: numberOr(value) })}
      />
      <Select
        label={t("sampler")}
        placeholder={t("own")}
        clearable
        data={Object.entries(samplers).map(([value, { label }]) => ({ value, label }))}
        value={options.sampler}
        onChange={(sampler) => onChange({ sampler: sampler as SamplerName | null })}
      />
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

const weighed = ({ loras }: DrawingOptions, name: string) =>
  loras.find((one) => one.name === name) ?? { name, weight: 1 };

/** More are a dictionary. */
const MOST_TRIGGERS = 4;

const loraOf = ({ loras }: DrawingModels, id: string) => loras.find((lora) => lora.id === id);

const numberOr = (value: string | number): number | null => (typeof value === "number" ? value : null);
