"use client";

import { Slider, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useId } from "react";

interface FocusSliderProps {
  /** Width and height of the picture in any one unit. */
  width: number;
  height: number;
  focus: { x: number; y: number };
  onChange: (focus: { x: number; y: number }) => void;
}

/** Which part of an oblong picture the square shows; a square one has nothing to choose. */
export function FocusSlider({ width, height, focus, onChange }: FocusSliderProps) {
  const t = useTranslations("studio.picture");
  const id = useId();
  const wide = width > height;
  const half = Math.min(width, height) / Math.max(width, height) / 2;
  if (half > 0.495) return null;
  // Beyond these the square would leave the picture, so the slider would move and nothing would happen.
  const value = Math.min(Math.max(wide ? focus.x : focus.y, half), 1 - half);
  return (
    <div>
      <Text size="sm" fw={500} mt="sm" mb={6} id={id}>
        {wide ? t("focusAcross") : t("focusDown")}
      </Text>
      <Slider
        value={value}
        min={half}
        max={1 - half}
        step={0.01}
        label={null}
        thumbProps={{ "aria-labelledby": id }}
        onChange={(at) => onChange(wide ? { x: at, y: 0.5 } : { x: 0.5, y: at })}
      />
    </div>
  );
}
