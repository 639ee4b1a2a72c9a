"use client";

import { MultiSelect, NumberInput, Select, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { z } from "zod";
import { type DrawingOptions, MOST_LORAS, PREDICTIONS } from "@/lib/drawing/drawing.input";
import { findChoice, isGone } from "@/lib/drawing/find-choice";
import { familyOf, fitsFamily } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { AdvancedGroup } from "./advanced-group";
import classes from "./create.module.css";
import { choicesOf, chosenOf } from "./model-choices";
import { useUnfit } from "./use-unfit";

export interface AdvancedProps {
  options: DrawingOptions;
  models: DrawingModels;
  onChange: (options: Partial<DrawingOptions>) => void;
}

/** What it is drawn with. */
export function ModelGroup({ options, models, onChange }: AdvancedProps) {
  const t = useTranslations("create.advanced");
  const familyTitle = useTranslations("models.families");
  const family = familyOf(models, options.model);
  const unfit = useUnfit({ ...options, model: there(models.checkpoints, options.model), vae: null }, models);
  const embeddings = models.embeddings.filter((one) => fitsFamily(one, family));
  const gone = options.loras
    .filter(({ name }) => isGone(models.loras, name))
    .map(({ name }) => ({ id: name, title: titleOf(name) ?? t("goneLora"), family: null }));
  return (
    <AdvancedGroup title={t("groups.model")}>
      <Select
        label={t("model")}
        placeholder={models.usual ?? ""}
        clearable
        searchable
        error={isGone(models.checkpoints, options.model) ? t("gone", { name: options.model }) : null}
        data={choicesOf(models.checkpoints, options.model)}
        value={chosenOf(models.checkpoints, options.model)}
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
          label={t("weight", { name: loraOf(models, name)?.title ?? titleOf(name) ?? t("goneLora") })}
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
          value={chosenOf(models.vaes, options.vae)}
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
      {embeddings.length > 0 ? (
        <Text size="sm" c="dimmed" className={classes.wide ?? ""}>
          {t("embeddings", {
            names: embeddings.map(({ id }) => id.slice(id.lastIndexOf("/") + 1)).join(", "),
          })}
        </Text>
      ) : null}
    </AdvancedGroup>
  );
}

const there = (models: DrawingModels["vaes"], chosen: string | null): string | null =>
  isGone(models, chosen) ? null : chosen;

/** One that is chosen anew begins as its makers recommend. */
const weighed = ({ loras }: DrawingOptions, models: DrawingModels, name: string) =>
  loras.find((one) => (loraOf(models, one.name)?.id ?? one.name) === name) ?? {
    name,
    weight: loraOf(models, name)?.weight ?? 1,
  };

/** A LoRA of one's own goes by a number that says nothing. */
const titleOf = (name: string): string | null => (z.uuid().safeParse(name).success ? null : name);

/** More are a dictionary. */
const MOST_TRIGGERS = 4;

const loraOf = ({ loras }: DrawingModels, name: string) => findChoice(loras, name);
