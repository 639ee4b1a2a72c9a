"use client";

import { MultiSelect, Select, TagsInput } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { PICTURE_STYLES } from "@/lib/drawing/picture-styles.input";
import { MOST_AXIS_VALUES, type SheetAxisName } from "@/lib/drawing/x-y-sheet.input";
import { samplers } from "@/lib/engine/schedulers/registry";
import classes from "./axis-fields.module.css";
import { AXIS_RANGES, type AxisForm, axisOf } from "./sheet-form";

interface AxisFieldsProps {
  label: string;
  /** null: this direction is not used. */
  axis: AxisForm | null;
  offered: readonly SheetAxisName[];
  /** What the other direction is. */
  taken: AxisForm | null;
  /** Prompt and negative prompt: a word of either can be replaced. */
  said: string;
  models: DrawingModels;
  onChoose: (of: SheetAxisName | null) => void;
  onChange: (axis: AxisForm) => void;
}

/** Which setting a direction of the sheet varies, and its values. */
export function AxisFields(props: AxisFieldsProps) {
  const { label, axis, offered, taken, said, models, onChoose, onChange } = props;
  const t = useTranslations("create.draw.sheet");
  const values = axis
    ? { axis, label: t("values", { axis: t(`axes.${axis.of}`) }), said, models, onChange }
    : null;
  return (
    <div className={classes.axis}>
      <Select
        label={label}
        placeholder={t("nothing")}
        clearable={props.label === t("down")}
        allowDeselect={false}
        value={axis?.of ?? null}
        data={offered
          .filter((of) => of !== taken?.of || of === "prompt" || of === "lora")
          .map((of) => ({ value: of, label: t(`axes.${of}`) }))}
        onChange={(of) => onChoose(of as SheetAxisName | null)}
      />
      {axis?.of === "lora" ? (
        <Select
          label={t("lora")}
          searchable
          allowDeselect={false}
          value={axis.name}
          data={models.loras.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(name) => onChange({ ...axis, name })}
        />
      ) : null}
      {values ? <AxisValues {...values} /> : null}
    </div>
  );
}

interface AxisValuesProps extends Pick<AxisFieldsProps, "said" | "models" | "onChange" | "label"> {
  axis: AxisForm;
}

function AxisValues({ axis, label, said, models, onChange }: AxisValuesProps) {
  const t = useTranslations("create.draw.sheet");
  const locale = useLocale();
  const choose = (values: string[]) => onChange({ ...axis, values });
  const data = choicesOf(axis.of, models, locale);
  const shared = { label, value: [...axis.values], maxValues: MOST_AXIS_VALUES, onChange: choose };
  if (data)
    return <MultiSelect {...shared} data={data} error={axis.values.length === 0 ? t("empty") : null} />;
  const [least, most] = AXIS_RANGES[axis.of] ?? [0, 0];
  const word = axis.values[0];
  const error =
    axis.of === "prompt"
      ? word !== undefined && !said.includes(word) && t("notInPrompt", { word })
      : axisOf(axis) === null && t("range", { least, most });
  return (
    <TagsInput
      {...shared}
      description={axis.of === "prompt" ? t("promptText") : t("numbersText")}
      allowDuplicates={false}
      splitChars={[",", "，", "、", ";"]}
      acceptValueOnBlur
      error={error || null}
    />
  );
}

/** Where values are chosen rather than typed. */
function choicesOf(of: SheetAxisName, models: DrawingModels, locale: "en" | "zh") {
  if (of === "sampler") return Object.entries(samplers).map(([value, { label }]) => ({ value, label }));
  if (of === "style") return PICTURE_STYLES.map(({ name, title }) => ({ value: name, label: title[locale] }));
  return of === "model" ? models.checkpoints.map(({ id }) => id) : null;
}
