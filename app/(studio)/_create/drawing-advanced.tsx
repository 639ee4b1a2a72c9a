"use client";

import { Accordion, MultiSelect, NumberInput, Select, Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type DrawingOptions, MOST_LORAS } from "@/lib/drawing/drawing.input";
import { familyOf, fitsFamily } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { usualSettings } from "@/lib/drawing/usual-settings";
import { type SamplerName, samplers } from "@/lib/engine/schedulers/registry";
import accordion from "../_form/advanced-panel.module.css";
import { SeedField } from "../_form/seed-field";
import classes from "./create.module.css";
import { useUnfit } from "./use-unfit";

interface DrawingAdvancedProps {
  options: DrawingOptions;
  models: DrawingModels;
  onChange: (options: Partial<DrawingOptions>) => void;
}

/** All of the engine's settings, closed until asked for; what is left empty is the model's own. */
export function DrawingAdvanced({ options, models, onChange }: DrawingAdvancedProps) {
  const t = useTranslations("create.advanced");
  const familyTitle = useTranslations("models.families");
  const family = familyOf(models, options.model);
  const unfit = useUnfit(options, models);
  const usual = usualSettings(models, options);
  return (
    <Accordion variant="separated" classNames={{ item: accordion.item ?? "" }} order={2}>
      <Accordion.Item value="advanced">
        <Accordion.Control>{t("title")}</Accordion.Control>
        <Accordion.Panel>
          <div className={classes.grid}>
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
            <Textarea
              className={classes.wide ?? ""}
              label={t("negative")}
              description={t("negativeText")}
              autosize
              maxRows={4}
              maxLength={2000}
              value={options.negativePrompt}
              onChange={(event) => onChange({ negativePrompt: event.currentTarget.value })}
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
              onChange={(sampler) => onChange({ sampler: sampler as SamplerName | null })}
            />
            <SeedField
              label={t("seed")}
              placeholder={t("anySeed")}
              roll={t("roll")}
              value={options.seed}
              onChange={(seed) => onChange({ seed })}
            />
          </div>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

const weighed = ({ loras }: DrawingOptions, name: string) =>
  loras.find((one) => one.name === name) ?? { name, weight: 1 };

/** More are a dictionary. */
const MOST_TRIGGERS = 4;

const loraOf = ({ loras }: DrawingModels, id: string) => loras.find((lora) => lora.id === id);

const numberOr = (value: string | number): number | null => (typeof value === "number" ? value : null);
