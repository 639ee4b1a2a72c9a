"use client";

import { NumberInput, Select, Switch } from "@mantine/core";
import { useTranslations } from "next-intl";
import { isGone } from "@/lib/drawing/find-choice";
import { type Hires, hiresInput, LEAST_TIMES, MOST_TIMES } from "@/lib/drawing/hires.input";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { AdvancedGroup } from "../_create/advanced-group";
import classes from "../_create/create.module.css";
import { choicesOf, chosenOf } from "../_create/model-choices";

interface HiresFieldsProps {
  hires: Hires | null;
  models: Pick<DrawingModels, "upscalers">;
  /** Whether something is painted: that has no second pass. */
  isPainted: boolean;
  /** Whether the model draws but little larger than it does anyway. */
  isSmall: boolean;
  onChange: (hires: Hires | null) => void;
}

/** Draws over what was drawn, larger. */
export function HiresFields({ hires, models, isPainted, isSmall, onChange }: HiresFieldsProps) {
  const t = useTranslations("create.draw.hires");
  const advanced = useTranslations("create.advanced");
  const set = (some: Partial<Hires>) => hires && onChange({ ...hires, ...some });
  return (
    <AdvancedGroup title={t("title")} hint={t(isPainted ? "hintPainted" : isSmall ? "hintSmall" : "hint")}>
      <Switch
        className={classes.wide ?? ""}
        label={t("on")}
        checked={hires !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? hiresInput.parse({}) : null)}
      />
      {hires ? (
        <>
          <NumberInput
            label={t("times")}
            min={LEAST_TIMES}
            max={MOST_TIMES}
            step={0.5}
            decimalScale={2}
            value={hires.times}
            onChange={(times) => typeof times === "number" && set({ times })}
          />
          <NumberInput
            label={t("strength")}
            description={t("strengthText")}
            min={0}
            max={1}
            step={0.05}
            decimalScale={2}
            clampBehavior="strict"
            value={hires.strength}
            onChange={(strength) => typeof strength === "number" && set({ strength })}
          />
          <Select
            label={t("upscaler")}
            placeholder={t("usual")}
            clearable
            error={
              isGone(models.upscalers, hires.upscaler) ? advanced("gone", { name: hires.upscaler }) : null
            }
            data={choicesOf(models.upscalers, hires.upscaler)}
            value={chosenOf(models.upscalers, hires.upscaler)}
            onChange={(upscaler) => set({ upscaler })}
          />
          <NumberInput
            label={t("steps")}
            placeholder={t("sameSteps")}
            min={1}
            max={100}
            allowDecimal={false}
            value={hires.steps ?? ""}
            onChange={(steps) => set({ steps: typeof steps === "number" ? steps : null })}
          />
        </>
      ) : null}
    </AdvancedGroup>
  );
}
