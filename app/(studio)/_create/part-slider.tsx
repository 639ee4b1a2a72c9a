"use client";

import { Slider, Text } from "@mantine/core";
import { useId } from "react";
import classes from "./create.module.css";

interface PartSliderProps {
  label: string;
  hint?: string;
  /** What the ends mean. */
  ends: readonly [least: string, most: string];
  /** 0 … 1, or as far as `max`. */
  value: number;
  min?: number;
  max?: number;
  onChange: (value: number) => void;
}

/** A part between two things that are named. */
export function PartSlider({ label, hint, ends, value, min = 0, max = 1, onChange }: PartSliderProps) {
  const id = useId();
  return (
    <div className={classes.slider}>
      <Text size="sm" fw={600} id={id}>
        {label}
      </Text>
      {hint ? (
        <Text size="xs" c="dimmed" mb={4}>
          {hint}
        </Text>
      ) : null}
      <Slider
        value={value}
        min={min}
        max={max}
        step={0.05}
        label={(part) => `${Math.round(part * 100)} %`}
        marks={[
          { value: min, label: ends[0] },
          { value: max, label: ends[1] },
        ]}
        styles={{ markLabel: { whiteSpace: "nowrap" } }}
        mx="xl"
        thumbProps={{ "aria-labelledby": id }}
        onChange={onChange}
      />
    </div>
  );
}
