"use client";

import { Button, NumberInput, Select } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { annotatorFor } from "@/lib/drawing/annotator-for";
import { CONTROL_ANNOTATORS, MOST_CONTROL_WEIGHT, MOST_CONTROLS } from "@/lib/drawing/control.input";
import { isGone } from "@/lib/drawing/find-choice";
import { fitsFamily } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { AdvancedGroup } from "../_create/advanced-group";
import classes from "../_create/create.module.css";
import { choicesOf, chosenOf } from "../_create/model-choices";
import { type ControlForm, firstControl } from "./control-form";
import { ControlPicture } from "./control-picture";

interface ControlFieldsProps {
  controls: readonly ControlForm[];
  models: DrawingModels;
  family: DrawingModels["loras"][number]["family"];
  /** The picture that the drawing begins with; null where there is none. */
  begunWith: string | null;
  onChange: (controls: ControlForm[]) => void;
}

/** ControlNets of one's choice: each follows a picture. */
export function ControlFields({ controls, models, family, begunWith, onChange }: ControlFieldsProps) {
  const t = useTranslations("create.draw.controls");
  const nets = models.controlnets.filter((net) => fitsFamily(net, family));
  if (nets.length === 0 && controls.length === 0) return null;
  const replace = (at: number, some: Partial<ControlForm>) =>
    onChange(controls.map((control, i) => (i === at ? { ...control, ...some } : control)));
  return (
    <AdvancedGroup title={t("title")} hint={t("hint")}>
      {controls.map((control, i) => (
        <ControlField
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no names, and fields without a state of their own
          key={i}
          number={i + 1}
          control={control}
          nets={nets}
          begunWith={begunWith}
          onChange={(some) => replace(i, some)}
          onRemove={() => onChange(controls.filter((_, at) => at !== i))}
        />
      ))}
      {controls.length < MOST_CONTROLS && nets.length > 0 ? (
        <Button
          className={classes.wide ?? ""}
          variant="light"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => onChange([...controls, firstControl(nets[0]?.id ?? null, begunWith)])}
        >
          {t("add")}
        </Button>
      ) : null}
    </AdvancedGroup>
  );
}

interface ControlFieldProps {
  number: number;
  control: ControlForm;
  nets: DrawingModels["controlnets"];
  begunWith: string | null;
  onChange: (some: Partial<ControlForm>) => void;
  onRemove: () => void;
}

function ControlField({ number, control, nets, begunWith, onChange, onRemove }: ControlFieldProps) {
  const t = useTranslations("create.draw.controls");
  const { model, picture, annotator, weight, from, to } = control;
  const part = (label: string, value: number, set: (value: number) => void, most: number, error?: string) => (
    <NumberInput
      label={label}
      min={0}
      max={most}
      step={0.05}
      decimalScale={2}
      clampBehavior="strict"
      value={value}
      error={error}
      onChange={(typed) => typeof typed === "number" && set(typed)}
    />
  );
  return (
    <fieldset className={classes.part}>
      <legend>{t("numbered", { number })}</legend>
      <div className={classes.grid}>
        <ControlPicture
          pictureId={picture}
          begunWith={begunWith}
          onChange={(chosen) => onChange({ picture: chosen })}
        />
        <Select
          label={t("model")}
          searchable
          allowDeselect={false}
          error={isGone(nets, model) ? t("gone") : null}
          data={choicesOf(nets, model)}
          value={chosenOf(nets, model)}
          onChange={(chosen) => chosen && onChange({ model: chosen, annotator: annotatorFor(chosen) })}
        />
        <Select
          label={t("annotator")}
          description={t("annotatorText")}
          allowDeselect={false}
          data={CONTROL_ANNOTATORS.map((value) => ({ value, label: t(`annotators.${value}`) }))}
          value={annotator}
          onChange={(value) => value && onChange({ annotator: value })}
        />
        {part(t("weight"), weight, (value) => onChange({ weight: value }), MOST_CONTROL_WEIGHT)}
        {part(t("from"), from, (value) => onChange({ from: value }), 1)}
        {part(t("to"), to, (value) => onChange({ to: value }), 1, from < to ? undefined : t("order"))}
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          className={classes.wide ?? ""}
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={onRemove}
        >
          {t("remove", { number })}
        </Button>
      </div>
    </fieldset>
  );
}
