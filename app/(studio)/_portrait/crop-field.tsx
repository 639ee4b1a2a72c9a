"use client";

import { Button, Slider, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useState } from "react";
import { Section } from "../_form/section";
import { pictureUrl } from "../_picture/picture-api";
import classes from "./portrait.module.css";
import type { Crop } from "./portrait-form";

interface CropFieldProps {
  photo: string;
  /** null: around the face, which the studio finds. */
  crop: Crop | null;
  onChange: (crop: Crop | null) => void;
}

const FIRST: Crop = { x: 0.5, y: 0.42, side: 0.6 };
const STEP = 0.02;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

const part = (value: number): number => Math.min(1, Math.max(0, value));

/** Where the face is, for photos in which it is not found: a square to be moved, by hand or by arrow keys. */
export function CropField({ photo, crop, onChange }: CropFieldProps) {
  const t = useTranslations("create.portrait.crop");
  const [ratio, setRatio] = useState(1);
  if (!crop)
    return (
      <Section title={t("title")}>
        <Text size="sm">{t("found")}</Text>
        <Button mt="sm" variant="default" onClick={() => onChange(FIRST)}>
          {t("choose")}
        </Button>
      </Section>
    );
  const move = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onChange({
      ...crop,
      x: part((event.clientX - box.left) / box.width),
      y: part((event.clientY - box.top) / box.height),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (!by) return;
    event.preventDefault();
    onChange({ ...crop, x: part(crop.x + by[0]), y: part(crop.y + by[1]) });
  };
  return (
    <Section title={t("title")} hint={t("hint")}>
      <button
        type="button"
        className={classes.crop}
        aria-label={t("move")}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          move(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && move(event)}
      >
        <img
          src={pictureUrl(photo, 640)}
          alt=""
          draggable={false}
          onLoad={({ currentTarget }) => setRatio(currentTarget.naturalWidth / currentTarget.naturalHeight)}
        />
        <span className={classes.square} style={squareStyle(crop, ratio)} />
      </button>
      <Text size="sm" fw={600} mt="sm">
        {t("side")}
      </Text>
      <Slider
        value={crop.side}
        min={0.15}
        max={1}
        step={0.01}
        label={null}
        thumbLabel={t("side")}
        onChange={(side) => onChange({ ...crop, side })}
      />
      <Button mt="sm" variant="subtle" size="compact-sm" onClick={() => onChange(null)}>
        {t("automatic")}
      </Button>
    </Section>
  );
}

/** The side is told in parts of the shorter one; the square is moved until it lies inside, as the job does. */
function squareStyle({ x, y, side }: Crop, ratio: number): CSSProperties {
  const [width, height] = ratio > 1 ? [side / ratio, side] : [side, side * ratio];
  const inside = (at: number, size: number) => Math.min(Math.max(0, at - size / 2), 1 - size);
  const percent = (value: number) => `${(value * 100).toFixed(2)}%`;
  return {
    ...{ left: percent(inside(x, width)), top: percent(inside(y, height)) },
    ...{ width: percent(width), height: percent(height) },
  };
}
