"use client";

import { Accordion, MultiSelect, NumberInput, Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type DrawingOptions, MOST_LORAS, PREDICTIONS, SCHEDULES } from "@/lib/drawing/drawing.input";
import { familyUses, usesNegativePrompt } from "@/lib/drawing/family-settings";
import { findChoice, isGone } from "@/lib/drawing/find-choice";
import { familyOf, fitsFamily } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { a1111Names } from "@/lib/engine/schedulers/a1111-names";
import { type SamplerName, type ScheduleName, samplers } from "@/lib/engine/schedulers/registry";
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
  const unfit = useUnfit({ ...options, model: there(models.checkpoints, options.model), vae: null }, models);
  const gone = options.loras
    .filter(({ name }) => isGone(models.loras, name))
    .map(({ name }) => ({ id: name, title: t("goneLora"), family: null }));
  return (
    <AdvancedGroup title={t("groups.model")}>
      <Select
        label={t("model")}
        placeholder={models.usual ?? ""}
        clearable
        searchable
        error={isGone(models.checkpoints, options.model) ? t("gone", { name: options.model }) : null}
        data={choicesOf(models.checkpoints, options.model)}
        value={idOf(models.checkpoints, options.model)}
        onChange={(model) => onChange({ model })}
      />
      <MultiSelect
        label={t("loras")}
        description={t("lorasText")}
        searchable
        maxValues={MOST_LORAS}
        error={unfit}
        data={[...models.loras, ...gone].map((lora) => {
          const fits = fitsFamily(lora, family);
          const isChosen = options.loras.some(({ name }) => (loraOf(models, name)?.id ?? name) === lora.id);
          const families = lora.family === null ? "" : familyTitle(lora.family);
          return {
            value: lora.id,
            label: fits ? lora.title : t("notFitting", { name: lora.title, family: families }),
            // What is chosen can be taken away again.
            disabled: !fits && !isChosen,
          };
        })}
        value={options.loras.map(({ name }) => loraOf(models, name)?.id ?? name)}
        onChange={(names) => onChange({ loras: names.map((name) => weighed(options, models, name)) })}
      />
      {options.loras.map(({ name, weight }) => (
        <NumberInput
          key={name}
          label={t("weight", { name: loraOf(models, name)?.title ?? t("goneLora") })}
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
      {models.vaes.length > 0 || options.vae !== null ? (
        <Select
          label={t("vae")}
          description={t("vaeText")}
          placeholder={t("own")}
          clearable
          error={isGone(models.vaes, options.vae) ? t("gone", { name: options.vae }) : null}
          data={choicesOf(
            models.vaes.filter((vae) => fitsFamily(vae, family) || vae.id === options.vae),
            options.vae,
          )}
          value={idOf(models.vaes, options.vae)}
          onChange={(vae) => onChange({ vae })}
        />
      ) : null}
      {family === "sd2" || options.prediction !== null ? (
        <Select
          label={t("prediction")}
          description={t("predictionText")}
          placeholder={t("own")}
          clearable
          data={PREDICTIONS.map((value) => ({ value, label: t(`predictions.${value}`) }))}
          value={options.prediction}
          onChange={(prediction) => onChange({ prediction })}
        />
      ) : null}
    </AdvancedGroup>
  );
}

/** How it goes about it. */
function WayGroup({ options, models, onChange }: DrawingAdvancedProps) {
  const t = useTranslations("create.advanced");
  const family = familyOf(models, options.model);
  const schedules = schedulesOf(options.sampler, family);
  return (
    <AdvancedGroup title={t("groups.way")}>
      <NegativeField
        value={options.negativePrompt}
        isUsed={usesNegativePrompt(family, options.guidance)}
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
        onChange={(value) => {
          const sampler = value as SamplerName | null;
          const { schedule } = options;
          // A schedule that the sampler lacks would be refused.
          const isKept = schedule !== null && schedulesOf(sampler, family).includes(schedule);
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

/** What is chosen stays in the list, there or not: it would look as if nothing were chosen. */
function choicesOf(there: DrawingModels["vaes"], chosen: string | null) {
  const choices = there.map(({ id, title }) => ({ value: id, label: title }));
  return isGone(there, chosen) ? [...choices, { value: chosen, label: chosen, disabled: true }] : choices;
}

const idOf = (there: readonly { readonly id: string }[], chosen: string | null): string | null =>
  findChoice(there, chosen)?.id ?? chosen;

const there = (models: DrawingModels["vaes"], chosen: string | null): string | null =>
  isGone(models, chosen) ? null : chosen;

/** Ways down that a sampler has. @param sampler null: the model's own, of which only the one that ships is known. */
const schedulesOf = (
  sampler: SamplerName | null,
  family: ReturnType<typeof familyOf>,
): readonly ScheduleName[] =>
  sampler === null && family !== "seedling" ? SCHEDULES : samplers[sampler ?? "lcm"].schedules;

/** One that is chosen anew begins as its makers recommend. */
const weighed = ({ loras }: DrawingOptions, models: DrawingModels, name: string) =>
  loras.find((one) => (loraOf(models, one.name)?.id ?? one.name) === name) ?? {
    name,
    weight: loraOf(models, name)?.weight ?? 1,
  };

/** More are a dictionary. */
const MOST_TRIGGERS = 4;

const loraOf = ({ loras }: DrawingModels, name: string) => findChoice(loras, name);

const numberOr = (value: string | number): number | null => (typeof value === "number" ? value : null);
