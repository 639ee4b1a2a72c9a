"use client";

import { Button, Group, NumberInput, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  type DrawingSize,
  LEAST_SIDE_PX,
  MOST_SIDE_PX,
  SIDE_STEP_PX,
} from "@/lib/drawing/drawing-size.input";
import { isFarFromTaught, sideOf, sizesOf } from "@/lib/drawing/family-settings";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";
import { AdvancedGroup } from "../_create/advanced-group";
import classes from "../_create/create.module.css";

interface SizeFieldsProps {
  size: DrawingSize | null;
  family: DrawingModels["loras"][number]["family"];
  onChange: (size: DrawingSize | null) => void;
}

/** Pixels in place of a shape: those that the model draws well by tap, others by hand. */
export function SizeFields({ size, family, onChange }: SizeFieldsProps) {
  const t = useTranslations("create.draw.size");
  const side = sideOf(family);
  const { width, height } = size ?? { width: side, height: side };
  const sideField = (name: "width" | "height") => (
    <NumberInput
      label={t(name)}
      placeholder={t("own")}
      min={LEAST_SIDE_PX}
      max={MOST_SIDE_PX}
      step={SIDE_STEP_PX}
      allowDecimal={false}
      value={size?.[name] ?? ""}
      onChange={(value) =>
        onChange(typeof value === "number" ? { ...{ width, height }, [name]: value } : null)
      }
      onBlur={() => size && onChange({ width: fitting(size.width), height: fitting(size.height) })}
    />
  );
  return (
    <AdvancedGroup title={t("title")} hint={t(family === "seedling" ? "hintSmall" : "hint", { side })}>
      <Group gap={8} className={classes.wide ?? ""} role="group" aria-label={t("usual")}>
        <Tap isOn={size === null} label={t("byShape")} onTap={() => onChange(null)} />
        {sizesOf(family).map((one) => (
          <Tap
            key={`${one.width} ${one.height}`}
            isOn={size?.width === one.width && size.height === one.height}
            label={t("pixels", { width: `${one.width}`, height: `${one.height}` })}
            onTap={() => onChange(one)}
          />
        ))}
      </Group>
      {sideField("width")}
      {sideField("height")}
      {size && isFarFromTaught(size, family) ? (
        <Text size="sm" c="red" className={classes.wide ?? ""} role="status">
          {t("far", { side })}
        </Text>
      ) : null}
    </AdvancedGroup>
  );
}

function Tap({ isOn, label, onTap }: { isOn: boolean; label: string; onTap: () => void }) {
  return (
    <Button
      size="compact-sm"
      radius="xl"
      variant={isOn ? "filled" : "default"}
      aria-pressed={isOn}
      onClick={onTap}
    >
      {label}
    </Button>
  );
}

/** The nearest side that can be asked for. */
const fitting = (pixels: number): number =>
  Math.min(MOST_SIDE_PX, Math.max(LEAST_SIDE_PX, Math.round(pixels / SIDE_STEP_PX) * SIDE_STEP_PX));
