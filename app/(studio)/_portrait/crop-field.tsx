"use client";

import { Button, Slider, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type CSSProperties, useState } from "react";
import { Section } from "../_form/section";
import { pictureUrl } from "../_picture/picture-api";
import { PlaceField } from "../_picture/place-field";
import type { Crop } from "./portrait-form";

interface CropFieldProps {
  photo: string;
  /** null: around the face, which the studio finds. */
  crop: Crop | null;
  onChange: (crop: Crop | null) => void;
}

const FIRST: Crop = { x: 0.5, y: 0.42, side: 0.6 };

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
  return (
    <Section title={t("title")} hint={t("hint")}>
      <PlaceField
        label={t("move")}
        src={pictureUrl(photo, 640)}
        place={crop}
        step={0.02}
        height={360}
        frame={squareStyle(crop, ratio)}
        onChange={(place) => onChange({ ...crop, ...place })}
        onLoad={({ currentTarget }) => setRatio(currentTarget.naturalWidth / currentTarget.naturalHeight)}
      />
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
