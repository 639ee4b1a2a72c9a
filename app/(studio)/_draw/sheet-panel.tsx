"use client";

import { Switch, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { familyUses } from "@/lib/drawing/family-settings";
import { familyOf, fitsFamily } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { MOST_SHEET_CELLS, SHEET_AXES, type SheetAxisName } from "@/lib/drawing/x-y-sheet.input";
import { Section } from "../_form/section";
import { AxisFields } from "./axis-fields";
import type { DrawForm } from "./draw-form";
import { type AxisForm, cellsOf, firstAxis, isTooLarge, type SheetForm } from "./sheet-form";

interface SheetPanelProps {
  values: Pick<DrawForm, "sheet" | "prompt" | "picture" | "options">;
  models: DrawingModels;
  onChange: (sheet: SheetForm | null) => void;
}

/** A sheet over one or two settings, in place of several pictures with the same ones. */
export function SheetPanel({ values, models: all, onChange }: SheetPanelProps) {
  const t = useTranslations("create.draw.sheet");
  const { sheet, options } = values;
  const family = familyOf(all, options.model);
  const models = { ...all, loras: all.loras.filter((one) => fitsFamily(one, family)) };
  const lora = options.loras[0]?.name ?? null;
  const offered = SHEET_AXES.filter((of) => isOffered(of, values, models));
  const choose = (of: SheetAxisName): AxisForm => firstAxis(of, models, { model: options.model, lora });
  const said = `${values.prompt}\n${options.negativePrompt}`;
  const count = sheet ? cellsOf(sheet) : 0;
  return (
    <Section title={t("title")} hint={t("hint")}>
      <Switch
        label={t("on")}
        checked={sheet !== null}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? { x: choose("guidance"), y: choose("seed") } : null)
        }
      />
      {sheet ? (
        <>
          <AxisFields
            label={t("across")}
            axis={sheet.x}
            offered={offered}
            taken={sheet.y}
            said={said}
            models={models}
            onChoose={(of) => of && onChange({ ...sheet, x: choose(of) })}
            onChange={(x) => onChange({ ...sheet, x })}
          />
          <AxisFields
            label={t("down")}
            axis={sheet.y}
            offered={offered}
            taken={sheet.x}
            said={said}
            models={models}
            onChoose={(of) => onChange({ ...sheet, y: of && choose(of) })}
            onChange={(y) => onChange({ ...sheet, y })}
          />
          <Text size="sm" mt="sm" c={isTooLarge(sheet) ? "red" : "dimmed"} role="status">
            {isTooLarge(sheet) ? t("tooMany", { count, most: MOST_SHEET_CELLS }) : t("cells", { count })}
          </Text>
        </>
      ) : null}
    </Section>
  );
}

/** What nothing could be compared in is not offered. */
function isOffered(
  of: SheetAxisName,
  { picture, options }: SheetPanelProps["values"],
  models: DrawingModels,
): boolean {
  if (of === "clipSkip") return familyUses(familyOf(models, options.model), "clipSkip");
  if (of === "strength") return picture !== null;
  if (of === "model") return models.checkpoints.length > 1;
  return of !== "lora" || models.loras.length > 0;
}
